# Second derivatives through slices of slices: each part's gradient goes back to its own place.
import torch

for shape in [(2, 4), (2, 1, 4), (3, 2, 4)]:
    x = torch.arange(1.0, 1 + torch.Size(shape).numel()).reshape(shape).requires_grad_()
    y = x[0][..., :2] * x[1][..., :2]
    g, = torch.autograd.grad(y.sum(), x, create_graph=True)
    print(torch.autograd.grad((g**2).sum(), x)[0])
x = torch.randn(2, 1, 4, dtype=torch.double, requires_grad=True)
print(torch.autograd.gradgradcheck(lambda x: x.unbind(0)[0][:, 2:].tanh() * x.unbind(0)[1][:, :2], (x,)))
layer = torch.nn.GRU(2, 3).double()
print(torch.autograd.gradgradcheck(lambda x: layer(x)[0], (torch.randn(3, 1, 2, dtype=torch.double, requires_grad=True),)))
