# Hooks on saved tensors get what a Function saves too, and unpack it when its backward asks.
import torch
from torch.autograd.graph import saved_tensors_hooks


class Exp(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, scale):
        out = torch.exp(x)
        ctx.save_for_backward(out, scale)
        return out * scale

    @staticmethod
    def backward(ctx, g):
        out, scale = ctx.saved_tensors
        return g * out * scale, None


def pack(x):
    print("pack", x.requires_grad, x)
    return x.numpy()


def unpack(array):
    print("unpack", array)
    return torch.from_numpy(array)


x = torch.tensor([0.0, 1.0], requires_grad=True)
with saved_tensors_hooks(pack, unpack):
    y = Exp.apply(x, torch.tensor(2.0))
y.sum().backward()
print(x.grad)

with saved_tensors_hooks(lambda x: x.detach().numpy(), torch.from_numpy):
    y = Exp.apply(x * 2, torch.tensor(2.0))
    z = (x * 3) * x
(slope,) = torch.autograd.grad(y.sum(), x, create_graph=True)
print(slope, torch.autograd.grad(slope.sum(), x))
print(z.grad_fn._saved_self, z.grad_fn._saved_other)
