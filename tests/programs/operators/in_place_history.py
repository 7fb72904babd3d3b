# An in-place function keeps what it changed, where its gradient needs that; twice differentiable.
import torch

x = torch.tensor([0.5, 2.0], requires_grad=True)
for change in [torch.Tensor.sin_, torch.Tensor.square_, torch.Tensor.exp_, lambda y: y.pow_(3), lambda y: y.mul_(x)]:
    y = x * 1
    change(y)
    (first,) = torch.autograd.grad(y.sum(), x, create_graph=True)
    (second,) = torch.autograd.grad(first.sum(), x)
    print(y.grad_fn.name(), first.detach(), second)
y = x * 1
y.mul_(y)
try:
    y.sum().backward()
except RuntimeError as e:
    print(str(e)[:95])
