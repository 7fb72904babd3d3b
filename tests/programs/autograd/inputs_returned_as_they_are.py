# What a Function returns as it came is a view of the input, which may not be changed in place; nor may views of it.
import torch


class Scaled(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x.exp())
        return x

    @staticmethod
    def backward(ctx, g):
        return g * 5


x = torch.ones(2, requires_grad=True)
y = Scaled.apply(x)
print(y is x, y._base is x, str(y.grad_fn).split(" ")[0])
print(torch.autograd.grad(y.sum(), x), y.grad_fn.next_functions[0][0].name())
for change in (lambda y: y.mul_(2), lambda y: y[0].mul_(2)):
    try:
        change(Scaled.apply(x * 1))
    except RuntimeError as error:
        print(error)


class Exp(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        out = x.exp()
        ctx.save_for_backward(out)
        return out

    @staticmethod
    def backward(ctx, g):
        return g * ctx.saved_tensors[0]


z = Exp.apply(x)
print(z.grad_fn.saved_tensors)
