# What forward mode refuses, in PyTorch's words: out=, operators without a rule, levels that are not there.
import torch
import torch.autograd.forward_ad as fwAD

x = torch.tensor([1.0, 2.0, 3.0])


@fwAD.dual_level()
def along(f):
    return fwAD.unpack_dual(f(fwAD.make_dual(x, torch.ones(3))))


print(along(torch.exp), along(torch.zeros_like), along(lambda d: d.fill_(2)))
for f in [lambda d: torch.mul(d, 2, out=torch.zeros(3)), lambda d: d // 2, lambda d: torch.cdist(d[None], x[None]),
          lambda d: torch.renorm(d[None], 2, 0, 1), lambda d: torch.nextafter(d, x), lambda d: fwAD.make_dual(torch.ones(1).expand(3), x),
          lambda d: fwAD.unpack_dual(3), lambda d: fwAD.make_dual(x, x.double() * 2)]:
    try:
        print(along(f))
    except (RuntimeError, TypeError, NotImplementedError) as error:
        print(type(error).__name__, str(error).split("\n")[0])
print(fwAD.unpack_dual(x))
try:
    fwAD.exit_dual_level(level=0)
except RuntimeError as error:
    print(error)
leaf = x.clone().requires_grad_()
with fwAD.dual_level():
    (fwAD.make_dual(leaf, x) ** 2).sum().backward()
    print(leaf.grad, fwAD.unpack_dual(leaf.grad).tangent)
    v = x.clone().requires_grad_()
    tangent = fwAD.unpack_dual(fwAD.make_dual(leaf, v).sin()).tangent
    print(torch.autograd.grad(tangent.sum(), [leaf, v]))
    weight = fwAD.make_dual(torch.ones(2, 2), torch.tensor([[1.0, 2.0], [3.0, 4.0]]))
    print(fwAD.unpack_dual(torch.nn.functional.embedding(torch.tensor([0, 1, 0]), weight, padding_idx=0)).tangent)
