# zero_grad writes zeros; with set_to_none=True it forgets the gradient.
import torch

w = torch.tensor([1.0, 2.0], requires_grad=True)
optimizer = torch.optim.SGD([w], lr=0.1)
print(w.grad)
optimizer.zero_grad()
print(w.grad)
w.sum().backward()
print(w.grad)
optimizer.zero_grad()
print(w.grad)
optimizer.zero_grad(set_to_none=True)
print(w.grad)
optimizer.step()      # nothing to do: no gradient
print(w)
