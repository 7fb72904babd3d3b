# The context of a Function bears the name of its node; what it saves is looked at only where a graph is built.
import torch


class Twice(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x, 3)
        return x * 2

    @staticmethod
    def backward(ctx, g):
        return g * 2


class Plain(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        print(type(ctx).__name__, type(ctx).__module__, ctx.needs_input_grad)
        return x * 2

    @staticmethod
    def backward(ctx, g):
        print(type(ctx).__name__, ctx.saved_tensors)
        return g * 2


print(Twice.apply(torch.ones(2)))
x = torch.ones(2, requires_grad=True)
Plain.apply(x).sum().backward()
for wrong in (lambda: torch.enable_grad(3), lambda: torch.no_grad(3), lambda: (x * 2).sum().backward(inputs=3)):
    try:
        wrong()
    except TypeError as error:
        print(error)
Twice.apply(x)
