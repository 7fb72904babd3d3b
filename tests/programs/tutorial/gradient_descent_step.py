# Section 3 of the tutorial: one step of SGD on y = w.x + b with w in R^3.
import torch

w = torch.ones(size=(3,), requires_grad=True)
b = torch.ones(size=(1,), requires_grad=True)
optimizer = torch.optim.SGD([w, b], lr=0.01)

x = torch.tensor([2.0, 3.0, 4.0])
gt = torch.tensor([2.0])
y = torch.dot(w, x) + b
loss = 0.5 * torch.pow(gt - y, 2)
print(f"y = {y}")
print(f"loss = {loss}")

loss.backward()
print(f"gradients: w {w.grad}, b {b.grad}")
print(f"before the step: w = {w}, b = {b}")
optimizer.step()
print(f"after the step:  w = {w}, b = {b}")
