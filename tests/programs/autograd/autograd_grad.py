# torch.autograd.grad returns the gradients and leaves .grad alone.
import torch

x = torch.tensor(2.0, requires_grad=True)
y = torch.tensor(3.0, requires_grad=True)
z = x**2 * y

dx, dy = torch.autograd.grad(z, (x, y))
print(dx, dy)
print(x.grad, y.grad)

(only,) = torch.autograd.grad(x * 5, x)
print(only)
