# A custom function's jvp: what it is given, and what PyTorch says of what it returns.
import torch
from torch.autograd import Function, forward_ad as fwAD

x, t = torch.tensor([1.0, 2.0]), torch.tensor([1.0, 10.0])


def made(forward, jvp):
    return type("Made", (Function,), {"forward": staticmethod(forward), "jvp": staticmethod(jvp)})


def changed(ctx, a):
    ctx.mark_dirty(a)
    return a.mul_(2)


for forward, jvp in [
    (lambda ctx, a: (a * 2, a + 1), lambda ctx, t: (t * 2, t)),
    (lambda ctx, a: (a * 2, a + 1), lambda ctx, t: t * 2),
    (lambda ctx, a: a * 2, lambda ctx, t: (t, t)),
    (lambda ctx, a: a * 2, lambda ctx, t: 3.0),
    (lambda ctx, a: a * 2, lambda ctx, t: t[:1]),
    (lambda ctx, a: a, lambda ctx, t: t * 2),
    (lambda ctx, a: a.view(2, 1), lambda ctx, t: t.view(2, 1)),
    (lambda ctx, a: a.view(2, 1), lambda ctx, t: t.clone().view(2, 1)),
    (changed, lambda ctx, t: t.mul_(2)),
    (changed, lambda ctx, t: t * 2),
    (lambda ctx, a: (ctx.save_for_backward(a), a * 2)[1], lambda ctx, t: t * ctx.saved_tensors[0]),
    (lambda ctx, a: ctx.save_for_forward(3), lambda ctx, t: t),
]:
    with fwAD.dual_level():
        try:
            out = made(forward, jvp).apply(fwAD.make_dual(x.clone(), t.clone()))
            print([fwAD.unpack_dual(o).tangent for o in (out if isinstance(out, tuple) else (out,))])
        except (RuntimeError, IndexError, AssertionError) as error:
            print(error)
with fwAD.dual_level():
    product = made(lambda ctx, a, b: a * b, lambda ctx, s, t: print(s, t) or s)
    print(product.apply(fwAD.make_dual(x.clone().requires_grad_(), t), x))
