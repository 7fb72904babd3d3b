# gradcheck and gradgradcheck hold a gradient against differences.
import torch
from torch.autograd import gradcheck, gradgradcheck


class Wrong(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x**2

    @staticmethod
    def backward(ctx, g):
        (x,) = ctx.saved_tensors
        return g * x


x = torch.tensor([1.0, 2.0], dtype=torch.float64, requires_grad=True)
print(gradcheck(lambda x: (x.sin() * x).sum(), x), gradgradcheck(lambda x: x**3, x))
print(gradcheck(Wrong.apply, x, raise_exception=False))
try:
    gradcheck(Wrong.apply, x)
except RuntimeError as error:
    print(type(error).__name__, error)
w = torch.ones(2, requires_grad=True)
y = Wrong.apply(w)
with torch.no_grad():
    w += 1
try:
    y.sum().backward()
except RuntimeError as error:
    print(error)
