# What is changed in place changes its tangent in place: views of dual tensors and their bases have one tangent, results have their own.
import torch
import torch.autograd.forward_ad as fwAD

p, t = torch.tensor([1.0, 2.0, 3.0]), torch.tensor([1.0, 0.5, -1.0])

with fwAD.dual_level():
    x = fwAD.make_dual(p.clone(), t.clone())
    tail = x[1:]
    tail.mul_(10)
    print(fwAD.unpack_dual(x).tangent, fwAD.unpack_dual(tail).tangent)
    x[0] = 5.0
    x *= 2
    print(fwAD.unpack_dual(x).tangent, fwAD.unpack_dual(tail).tangent)
    for name, y in [('add', x + 1), ('clone', x.clone()), ('sub', x - p), ('cat', torch.cat([x])), ('sum', x.sum()), ('contiguous', x.view(3, 1).clone())]:
        y.mul_(3)
        print(name, fwAD.unpack_dual(y).tangent, fwAD.unpack_dual(x).tangent)
    rows = torch.zeros(2, 3)
    for i in range(2):
        rows[i] = x * i
    print(fwAD.unpack_dual(rows).tangent)
    given = t.clone()
    z = fwAD.make_dual(p.clone(), given).mul_(2)
    print(given, fwAD.unpack_dual(z).tangent)
    for bad in [lambda: fwAD.make_dual(p, x), lambda: fwAD.make_dual(p, t, level=1), lambda: fwAD.exit_dual_level(level=3)]:
        try:
            bad()
        except RuntimeError as e:
            print(e)
