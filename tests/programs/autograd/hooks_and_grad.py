# differs from PyTorch: since 2.0 hooks see, and change, what torch.autograd.grad gives of the same tensor; 1.13 takes it before.
import torch

x = torch.tensor(2.0, requires_grad=True)
y = x * x
y.register_hook(lambda g: g * 10)
print(torch.autograd.grad(y * 3, y))

y = x * x
y.register_hook(lambda g: g * 10)
print(torch.autograd.grad(y * 3, [x, y]))

y = x * x
y.retain_grad()
print(torch.autograd.grad(y * 3, y), y.grad)

x.register_hook(lambda g: g + 1)
print(torch.autograd.grad(x * 3, x), x.grad)
