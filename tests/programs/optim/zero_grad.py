# differs from PyTorch: as since 2.0, zero_grad() lets go of the gradient, where 1.13 wrote zeros into it.
import torch

w = torch.tensor([1.0, 2.0], requires_grad=True)
optimizer = torch.optim.SGD([w], lr=0.1)
print(w.grad)
optimizer.zero_grad()
print(w.grad)
w.sum().backward()
print(w.grad)
optimizer.zero_grad(set_to_none=False)
print(w.grad)
optimizer.zero_grad()
print(w.grad)
optimizer.step()      # nothing to do: no gradient
print(w)
