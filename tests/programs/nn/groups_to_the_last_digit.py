# Normalization in groups, convolutions of each channel alone and activations bent by exponentials agree in every bit, with their gradients: each number printed stands for all bits.
import torch
import torch.nn.functional as F


def digest(*tensors):
    total = 0
    for t in tensors:
        for v in t.detach().reshape(-1).tolist():
            total = (total * 31 + int(v * 2.0**60)) % 1000000007
    return total


def leaf(*sizes):
    return torch.randn(*sizes, requires_grad=True)


torch.manual_seed(3)
for inner in (1, 3, 7, 13, 40):
    x, w, b = leaf(3, 4, inner), leaf(4), leaf(4)
    y = F.group_norm(x, 2, w, b)
    print(inner, digest(y, *torch.autograd.grad(y, [x, w, b], torch.randn(y.shape))))
for side in (5, 9):
    x, w, b = leaf(2, 4, side, side), leaf(4, 1, 3, 3), leaf(4)
    y = F.conv2d(x, w, b, groups=4)
    print(side, digest(y, *torch.autograd.grad(y, [x, w], torch.randn(y.shape))))
    x, w = leaf(2, 4, side), leaf(4, 3, 3)
    y = F.conv_transpose1d(x, w, stride=2)
    print(side, digest(y, *torch.autograd.grad(y, [x, w], torch.randn(y.shape))))
x = leaf(48)
for f in (F.celu, F.selu, F.glu, lambda x: F.gelu(x, approximate='tanh'), F.mish, F.softplus, lambda x: F.soft_margin_loss(x, x.detach().sign())):
    y = f(x)
    print(digest(y, *torch.autograd.grad(y, x, torch.randn(y.shape))))
x = leaf(1, 1, 6, 6)
for y in (F.avg_pool2d(x, 3, 2), F.adaptive_avg_pool2d(x, 4)):
    (g,) = torch.autograd.grad(y, x, torch.randn(y.shape), create_graph=True)
    print(digest(g), g.grad_fn.name())
