# Inference tensors have no tangents and are not saved; what is shown twice may be filled, with a warning; counts of changes survive a new size.
import torch
from torch.autograd import forward_ad

with torch.inference_mode():
    h = torch.ones(3)
with forward_ad.dual_level():
    dual = forward_ad.make_dual(h, torch.ones(3))
    print(forward_ad.unpack_dual((dual * dual).sin()), forward_ad.unpack_dual(dual * torch.ones(3)))
try:
    h ** torch.ones(2, requires_grad=True)
except RuntimeError as error:
    print(error)
f = torch.zeros(3)
f.expand(2, 3).index_fill_(0, torch.tensor([0]), 2.)
f.expand(2, 3).masked_fill_(torch.tensor([True, False, True]), 1.)
f.expand(2, 3)[torch.tensor([0])] = 4.
print(f, f._version)
d = torch.tensor(1.).abs()
e = d[None]
e.add_(1)
torch.mul(torch.ones(2), 3, out=e)
print(d, d._version, e, e._version)
print((torch.ones(1, 0) * 2).stride(), (torch.ones(0, 1).t() * 2).stride())


class Doubled(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, y):
        ctx.mark_dirty(x)
        return x.mul_(2)

    @staticmethod
    def backward(ctx, g):
        return g * 2, None


b = torch.ones(3, requires_grad=True) * 1
e = b.view(3)
print(Doubled.apply(e, e).grad_fn.name(), [to.name() for to, _ in b.grad_fn.next_functions])
