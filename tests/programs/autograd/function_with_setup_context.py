# differs from PyTorch: since 2.0 forward() may leave the context to setup_context(); 1.13 knows only forward(ctx, ...).
import torch


class Power(torch.autograd.Function):
    @staticmethod
    def forward(x, n):
        return x**n

    @staticmethod
    def setup_context(ctx, inputs, output):
        x, n = inputs
        ctx.save_for_backward(x, output)
        ctx.n = n

    @staticmethod
    def backward(ctx, g):
        x, output = ctx.saved_tensors
        return g * ctx.n * output / x, None


x = torch.tensor([2.0, 3.0], requires_grad=True)
y = Power.apply(x, 3)
print(y)
(first,) = torch.autograd.grad(y.sum(), x, create_graph=True)
print(first)
print(torch.autograd.grad(first.sum(), x))
