# A Function that is differentiable once refuses a second pass; clip_grad_value_ and clip_grad_norm_ change gradients in place.
import torch
from torch.autograd.function import once_differentiable
from torch.nn.utils import clip_grad_norm_, clip_grad_value_


class Cube(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x ** 3

    @staticmethod
    @once_differentiable
    def backward(ctx, g):
        x, = ctx.saved_tensors
        return 3 * x ** 2 * g


x = torch.tensor([1.0, -2.0, 0.5], requires_grad=True)
first, = torch.autograd.grad((Cube.apply(x) * x).sum(), x, create_graph=True)
print(first)
try:
    first.sum().backward()
except RuntimeError as error:
    print(error)
x.grad = None
y = torch.tensor([[4.0]], requires_grad=True)
(Cube.apply(x).sum() - y ** 2).sum().backward()
grads = [x.grad, y.grad]
print(grads, clip_grad_value_([x, y], 5.0))
print(grads, grads[0] is x.grad)
print(clip_grad_norm_([x, y], 2.0), grads)
print(clip_grad_norm_([x, y], 1.0, norm_type=float('inf')), grads)
for bad in (lambda: clip_grad_norm_([x], 1.0, error_if_nonfinite=True), lambda: clip_grad_value_([x], 'a')):
    x.grad[0] = float('nan')
    try:
        print(bad())
    except (RuntimeError, ValueError) as error:
        print(type(error).__name__, error)
