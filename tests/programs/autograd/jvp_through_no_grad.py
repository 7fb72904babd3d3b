# functorch's jvp is forward mode: it goes through no_grad and a changed argument, tracks nothing, and nests.
import torch
import torch.autograd.forward_ad as fwAD
from functorch import grad, jvp, vmap

x, v = torch.tensor([1.0, 2.0, 3.0]), torch.tensor([1.0, 0.5, -1.0])
w = torch.tensor([2.0, 2.0, 1.0], requires_grad=True)


def f(a):
    y = a.sin()
    print(a, a.requires_grad, y.grad_fn, fwAD.unpack_dual(y).primal.grad_fn)
    with torch.no_grad():
        return y * a


def g(a):
    with fwAD.dual_level():
        return a


print(jvp(f, (x,), (v,)), jvp(lambda a: a.mul_(2), (x.clone(),), (v.clone(),)))
print(jvp(lambda a: a * w, (x,), (v,)), jvp(lambda a: a * a, (x,), (v.clone().requires_grad_(),)))
print(jvp(lambda a: (a.argmax(), a * 2), (x,), (v,)), jvp(lambda a: a.detach() * a, (x,), (v,)))
print(jvp(lambda a: jvp(lambda b: b**3, (a,), (v,))[1], (x,), (v,)), jvp(grad(lambda a: (a**3).sum()), (x,), (v,)))
print(jvp(grad(lambda a: a.clone().mul_(a).add_(a[0]).sum()), (x,), (v,)))
print(grad(lambda a: jvp(lambda b: b**3, (a,), (v,))[1].sum())(x), vmap(lambda a, b: jvp(torch.sin, (a,), (b,))[1])(x, v))
print(jvp(lambda a: grad(lambda b: jvp(lambda c: (c * c).sum(), (b,), (v,))[1])(a), (x,), (v,)))
for wrong in [lambda: jvp(lambda a: torch.cdist(a[None], a[None]), (x,), (v,)), lambda: jvp(g, (x,), (v,)), lambda: jvp(lambda a: fwAD.make_dual(a, v), (x,), (v,))]:
    try:
        print(wrong())
    except (RuntimeError, NotImplementedError) as error:
        print(type(error).__name__, str(error).split("\n")[0])
with fwAD.dual_level():
    try:
        jvp(torch.sin, (x,), (v,))
    except RuntimeError as error:
        print(error)
