# A tensor made in inference mode stays one: outside it is not changed, not saved, and has no count of changes; what is made of it later counts what it was filled with.
import torch

with torch.inference_mode():
    x = torch.ones(2)
    inside = x.detach()
outside = x.detach()
outside.add_(1)


class Product(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, w):
        ctx.save_for_backward(x)
        return x * w

    @staticmethod
    def backward(ctx, g):
        return None, g * ctx.saved_tensors[0]


w = torch.ones(2, requires_grad=True)
for attempt in (lambda: inside._version, lambda: inside.add_(1), lambda: x.requires_grad_(), lambda: Product.apply(x, w), lambda: (w * x).sum().backward()):
    try:
        print(attempt())
    except RuntimeError as error:
        print(error)
print([y._version for y in (x.to(torch.float64), x.histc(), x.dot(x), x.nonzero(), x + 1, x.clone(), x.sum())])
with torch.inference_mode():
    leaf = torch.ones(2, requires_grad=True)
    handle = leaf.register_hook(print)
print(leaf.requires_grad, leaf.is_inference())
