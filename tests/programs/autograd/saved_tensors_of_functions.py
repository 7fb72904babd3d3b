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
        return g * torch.mul(*ctx.saved_tensors), None


def pack(x):
    print("pack", x.requires_grad, x)
    return x.numpy()


def unpack(array):
    return print("unpack", array) or torch.from_numpy(array)


x = torch.tensor([0.0, 1.0], requires_grad=True)
with saved_tensors_hooks(pack, unpack):
    y = Exp.apply(x, torch.tensor(2.0))
y.sum().backward()
print(x.grad)

with saved_tensors_hooks(lambda x: x.detach().numpy(), torch.from_numpy):
    y = Exp.apply(x * 2, torch.tensor(2.0))
(slope,) = torch.autograd.grad(y.sum(), x, create_graph=True)
print(slope)
try:
    torch.autograd.grad(slope.sum(), x)
except RuntimeError as error:  # an array has no history
    print(error)
