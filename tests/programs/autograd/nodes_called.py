# A node that is called gives what its formula gives, not yet summed to the size of the input; nodes show what they saved, and edges that lead nowhere.
import torch
from torch.autograd.function import once_differentiable


class First(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, y):
        return x * 2

    @staticmethod
    @once_differentiable
    def backward(ctx, g):
        return g * 2, None


a = torch.tensor([1.0, 2.0], requires_grad=True)
print((a * torch.ones(2, 2)).grad_fn(torch.ones(2, 2)))
print((a * 2).grad_fn(torch.ones(3)))
first = First.apply(a, a)
try:
    first.grad_fn(torch.ones(2))
except TypeError as error:
    print(error)
(g,) = torch.autograd.grad((first**2).sum(), a, create_graph=True)
print(len(g.grad_fn.next_functions), [edge[0] for edge in g.grad_fn.next_functions][1:])
with torch.no_grad():
    view = a[:1]
print([edge[0] and edge[0].name() for edge in (a // view).grad_fn.next_functions], len((a // 2).grad_fn.next_functions))
print(a.reshape(2, 1).split(1)[0].grad_fn._saved_split_size, a.reshape(2, 1).split([1, 1])[0].grad_fn._saved_split_sizes)
print(torch.autograd.gradcheck(lambda t: t**3, torch.ones(2, 3, dtype=torch.float64).t().requires_grad_()))
