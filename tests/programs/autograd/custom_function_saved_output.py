# Saving a result, several results, one of them without a gradient, and a result that is the input.
import torch
from torch.autograd import Function


class Exp(Function):
    @staticmethod
    def forward(ctx, i):
        result = i.exp()
        ctx.save_for_backward(result)
        return result

    @staticmethod
    def backward(ctx, grad_output):
        (result,) = ctx.saved_tensors
        return grad_output * result


class Largest(Function):
    @staticmethod
    def forward(ctx, a):
        value, index = a.max(0)
        ctx.mark_non_differentiable(index)
        ctx.place = index
        return value, index

    @staticmethod
    def backward(ctx, g, g_index):
        print(g, g_index)
        here = torch.zeros(2)
        here[ctx.place] = 1.0
        return here * g


x = torch.tensor([1.0, 2.0], requires_grad=True)
(g,) = torch.autograd.grad(Exp.apply(x).sum(), x, create_graph=True)
print(g, torch.autograd.grad(g.sum(), x))
value, index = Largest.apply(x)
value.backward()
print(value, index, x.grad)
