# differs from PyTorch: a Function's own rule for vmap came with 2.0; it gets all elements of the batch at once, whatever transforms are around.
import numpy as np
import torch
from torch.func import grad, jacrev, vmap


class NumpyTake(torch.autograd.Function):
    @staticmethod
    def forward(x, ind, ind_inv, dim):
        return torch.tensor(np.take_along_axis(x.numpy(), ind.numpy(), dim))

    @staticmethod
    def setup_context(ctx, inputs, output):
        _, ind, ind_inv, ctx.dim = inputs
        ctx.save_for_backward(ind, ind_inv)

    @staticmethod
    def backward(ctx, g):
        ind, ind_inv = ctx.saved_tensors
        return NumpyTake.apply(g, ind_inv, ind, ctx.dim), None, None, None

    @staticmethod
    def vmap(info, in_dims, x, ind, ind_inv, dim):
        print(info, in_dims, x.shape)
        parts = [t.expand(info.batch_size, *t.shape) if d is None else t.movedim(d, 0) for t, d in zip((x, ind, ind_inv), in_dims)]
        return NumpyTake.apply(*parts, dim + 1), 0


order = torch.tensor([2, 0, 1])
x, w = torch.tensor([[3.0, 1.0, 2.0], [0.0, 5.0, 4.0]], requires_grad=True), torch.arange(3.0)
turned = lambda x: NumpyTake.apply(x, order, order.argsort(), 0)
print(vmap(turned, in_dims=1)(x.detach().t()))
print(vmap(grad(lambda r: (turned(r**3) * w).sum()))(x.detach()), jacrev(turned)(x.detach()[0]), sep='\n')
vmap(grad(lambda r: (turned(r**3) * w).sum()))(x).sum().backward()
print(x.grad, vmap(vmap(lambda r: NumpyTake.apply(r, r.argsort(), r.argsort().argsort(), 0)))(torch.stack([x.detach(), -x.detach()])), sep='\n')
NumpyTake.vmap = staticmethod(lambda info, in_dims, x, *rest: x)
try:
    vmap(turned)(x.detach())
except RuntimeError as error:
    print(error)
