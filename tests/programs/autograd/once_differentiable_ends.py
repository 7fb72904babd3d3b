# The node that refuses a second pass leads to tensors of its own: backward() reaches it, grad() goes past it.
import torch
from torch.autograd.function import once_differentiable


class Cube(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x ** 3 * y

    @staticmethod
    @once_differentiable
    def backward(ctx, g):
        x, y = ctx.saved_tensors
        return 3 * x ** 2 * y * g, None


class Same(Cube):
    @staticmethod
    def backward(ctx, g):
        return once_differentiable(lambda ctx, g: (g, None))(ctx, g)


x = torch.tensor([1., 2.], requires_grad=True)
first, = torch.autograd.grad((Cube.apply(x, torch.ones(2)) * x).sum(), x, create_graph=True)
print(first, [(node.name(), type(node).__module__, i) for node, i in first.grad_fn.next_functions])
refuses = first.grad_fn.next_functions[1][0]
print(refuses.next_functions[0][0].name(), refuses.next_functions[0][0].variable)
print(torch.autograd.grad(first.sum(), x, retain_graph=True), torch.autograd.grad((first * x).sum(), x, retain_graph=True))
try:
    first.sum().backward()
except RuntimeError as error:
    print(error, x.grad)
alone, = torch.autograd.grad(Cube.apply(x, torch.ones(2)).sum(), x, create_graph=True)
print(alone)  # where its own argument needs no gradient nothing is left to refuse
seed = torch.ones(2, requires_grad=True)
given, = torch.autograd.grad(Same.apply(x, torch.ones(2)), x, seed, create_graph=True)
print(given, seed, given is seed, given.data_ptr() == seed.data_ptr(), given._is_view())
