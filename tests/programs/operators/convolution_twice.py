# A convolution's gradient is differentiable again.
import torch
import torch.nn.functional as F

x = torch.linspace(-1, 1, 8, dtype=torch.float64).reshape(1, 2, 4).requires_grad_()
w = torch.linspace(0, 1, 12, dtype=torch.float64).reshape(3, 2, 2).requires_grad_()
y = F.conv1d(x, w).pow(3).sum()
(gx,) = torch.autograd.grad(y, x, create_graph=True)
print(gx)
gx.pow(2).sum().backward()
print(x.grad, w.grad, sep="\n")
