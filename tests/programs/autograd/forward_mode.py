# Forward mode: a dual tensor carries a tangent along, without any graph.
import torch
import torch.autograd.forward_ad as fwAD

x = torch.tensor([1.0, 2.0, 3.0])
v = torch.tensor([1.0, 0.0, 1.0])
with fwAD.dual_level():
    dual = fwAD.make_dual(x, v)
    print(dual)
    y = dual.sin() * 2
    primal, tangent = fwAD.unpack_dual(y)
    print(primal, tangent, fwAD.unpack_dual(x), sep="\n")
    print(fwAD.unpack_dual(torch.cat([dual, x]).max()), fwAD.unpack_dual(dual.detach()).tangent)
    for f in [lambda t: t.softmax(0), lambda t: t @ x, lambda t: t.cumsum(0), lambda t: t.sort(descending=True).values, lambda t: t > 1]:
        print(fwAD.unpack_dual(f(dual)).tangent)
    z = torch.zeros(3)
    z[1:] = dual[1:]
    z.mul_(dual)
    print(z, dual[0] * 3)
    w = torch.ones(3, requires_grad=True)
    fwAD.unpack_dual(dual * w**2).tangent.sum().backward()
    print(w.grad)
    leaf = fwAD.make_dual(x.clone().requires_grad_(), v)
    (g,) = torch.autograd.grad((leaf**3).sum(), leaf, create_graph=True)
    print(fwAD.unpack_dual(g).tangent.detach())
    for wrong in [lambda: fwAD.make_dual(x, v[:2]), lambda: fwAD.make_dual(dual, v), lambda: fwAD.make_dual(x.long(), v), fwAD.enter_dual_level]:
        try:
            wrong()
        except (RuntimeError, ValueError) as error:
            print(error)
print(dual, fwAD.unpack_dual(dual).tangent)
try:
    fwAD.make_dual(x, v)
except RuntimeError as error:
    print(error)
