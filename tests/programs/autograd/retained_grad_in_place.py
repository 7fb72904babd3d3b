# A tensor that keeps its gradient keeps that of the values it has after a change in place.
import torch

x = torch.ones(2, requires_grad=True)
y = x * 2
y.retain_grad()
y.mul_(3)
y.sum().backward()
print(y.grad, x.grad)

y = x * 2
y.retain_grad()
y[0] = 5
(y * y).sum().backward()
print(y.grad)
