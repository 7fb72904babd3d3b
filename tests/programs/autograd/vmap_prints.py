# vmap runs the function once: a print in it shows the whole batch, what is changed in place is each element's own, and an outer vjp gets rows.
import torch

try:
    from torch.func import grad, vjp, vmap
except ImportError:
    from functorch import grad, vjp, vmap


def square(x):
    print(x)
    return (x**2).sum()


batch = torch.arange(4.0).view(2, 2)
print(vmap(square)(batch))
print(vmap(square, in_dims=1)(batch))
print(vmap(grad(square))(batch))
print(grad(lambda m: vmap(square)(m).sum())(batch))
vmap(vmap(lambda x: (print(x + 1), x)[1]))(batch)
x = torch.tensor([1.0, 2.0], requires_grad=True)
y = x**2
print(vmap(lambda v: torch.autograd.grad(y, x, v)[0])(torch.eye(2)))
print(vmap(vjp(torch.sin, x.detach())[1])(torch.eye(2)))


def placed(a):
    row = a.new_zeros(3)
    row[1] = a
    return row


print(vmap(placed)(x.detach()), vmap(lambda a: a.mul_(2))(batch), batch)
print(vmap(lambda a: a)(batch) is batch, vmap(lambda a: batch)(x.detach()).stride())
for call in [lambda a: torch.zeros(3).add_(a), lambda a: torch.full((2,), a), lambda a: torch.nn.functional.one_hot(a.long())]:
    try:
        vmap(call)(x.detach())
    except RuntimeError as error:
        print(error)
