# A function that is transformed may change only what it made itself or was given, and starts no other passes. What it gives has no history but its own.
import torch
try:
    from torch.func import grad, grad_and_value, jacfwd, jacrev, jvp, vjp, vmap
except ImportError:
    from functorch import grad, grad_and_value, jacfwd, jacrev, jvp, vjp, vmap

x, s = torch.tensor([1.0, 2.0, 3.0]), torch.tensor(2.0)
for change in [lambda c, a: c.add_(a), lambda c, a: c.mul_(2), lambda c, a: c.copy_(a), lambda c, a: c.zero_(), lambda c, a: c.pow_(2), lambda c, a: c.fill_(a[0]),
               lambda c, a: c[:2].sub_(1), lambda c, a: c.masked_fill_(a > 1, 3), lambda c, a: c.index_add_(0, torch.tensor([0]), a[:1]), lambda c, a: a.requires_grad_(),
               lambda c, a: a.sum().backward()]:
    captured = torch.ones(3)
    try:
        print(grad(lambda a: (change(captured, a) * a).sum())(x))
    except RuntimeError as error:
        print(error)
    print(captured.tolist())
for own in [lambda a: torch.zeros(3).add_(a), lambda a: torch.tensor([0.0, 0.0, 0.0]).add_(a), lambda a: a.clone().mul_(a), lambda a: a.detach().mul_(2) + a]:
    print(grad(lambda a: own(a).sum())(x))
print(grad(lambda a: grad(lambda b: (a * b) ** 2)(s))(s), grad(lambda a: vmap(grad(lambda b: (a * b).sin()))(x).sum())(s))
wrong = [lambda: grad(torch.dot, (0, -2))(x, x), lambda: grad(torch.dot, (0, "a"))(x, x), lambda: grad(lambda a: (a.sum(), 3), has_aux=True)(x),
         lambda: vjp(lambda a: (a, a), x)[1](x), lambda: vjp(lambda a: {"k": a}, x)[1]([x]), lambda: vjp(torch.sin, x)[1]((x,)), lambda: vjp(lambda a: a > 1, x),
         lambda: jacrev(lambda a: a > 1)(x), lambda: jvp(lambda a: x, (x,), (x,), strict=True), lambda: jvp(torch.sin, (x,), (x.long(),)), lambda: jvp(torch.sin, (x.long(),), (x,)),
         lambda: jacfwd(lambda a: a + torch.rand(3))(x)]
for call in wrong:
    try:
        print(call())
    except (RuntimeError, ValueError) as error:
        print(error)
print(jvp(lambda a: (a, a > 1), (x,), (x,)), jacfwd(lambda a: a > 1)(x), grad(torch.sin).__name__, jacrev(lambda a: (a * x, a + 1))(-x))
