# Views, bases and tangents: a dual tensor is apart from what it was made of; a base that becomes dual in place makes all its views dual.
import torch
import torch.autograd.forward_ad as fwAD

p, t = torch.tensor([1.0, 2.0, 3.0]), torch.tensor([1.0, 0.5, -1.0])


def tangent(x):
    return fwAD.unpack_dual(x).tangent


with fwAD.dual_level():
    plain = p.clone()
    dual = fwAD.make_dual(plain, t)
    dual.mul_(2)
    print(plain, tangent(plain), tangent(dual))
    before = p.clone()
    head, tail = before[:2], before[1:]
    before.mul_(fwAD.make_dual(p, t))
    print(tangent(head), tangent(tail), tangent(before))
    before = p.clone()
    head, tail = before[:2], before[1:]
    tail.mul_(fwAD.make_dual(p, t)[1:])
    print(tangent(head), tangent(tail), tangent(before))
    m = fwAD.make_dual(torch.arange(6.0).view(2, 3), torch.ones(2, 3))
    m.t_().mul_(torch.arange(6.0).view(3, 2))
    print(tangent(m), tangent(m.unsqueeze_(0)).shape, tangent(m.squeeze_().transpose_(0, 1)))
    apart = fwAD.unpack_dual(dual).primal
    apart.zero_()
    print(dual, tangent(apart))
    a = torch.arange(6.0).view(2, 3).t()
    print(tangent(fwAD.make_dual(a, torch.ones(3, 2))).stride(), tangent(fwAD.make_dual(p, torch.ones(1).expand(3))).stride())
    with torch.inference_mode():
        print(tangent(fwAD.make_dual(p, t) * 2))
