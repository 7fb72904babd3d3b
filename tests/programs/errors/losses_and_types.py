# Types that losses and layers refuse, as PyTorch says it.
import torch
import torch.nn.functional as F
from torch import nn

x, image = torch.randn(3), torch.ones(1, 3, 8, 8)
conv = nn.Conv2d(3, 4, 3)

for mistake in [
    lambda: F.binary_cross_entropy_with_logits(x, torch.tensor([0, 1, 1])),
    lambda: nn.BCEWithLogitsLoss()(x, torch.tensor([True, False, True])),
    lambda: nn.BCEWithLogitsLoss()(torch.tensor([0, 1, 1]), x),
    lambda: conv(image.double()),
    lambda: conv(image.long()),
    lambda: F.conv2d(image, torch.ones(4, 3, 3, 3).double()),
    lambda: F.conv2d(image, conv.weight, dilation=0),
    lambda: nn.Conv2d(3, 4),
    lambda: nn.ConvTranspose1d(),
    lambda: nn.BatchNorm1d(),
    lambda: nn.AdaptiveAvgPool2d(),
    lambda: nn.Tanh(1),
    lambda: nn.Embedding(3, 2)(5),
    lambda: F.max_pool2d(image),
    lambda: F.interpolate(image, size=(4, 4, 4)),
    lambda: torch.unique([1]),
    lambda: torch.manual_seed("x"),
    lambda: torch.Generator().manual_seed(1.5),
    lambda: x.type_as(1),
    lambda: torch.autograd.grad(conv.weight.sum(), "x"),
    lambda: torch.autograd.backward([1]),
]:
    try:
        print("fine", mistake())
    except Exception as error:
        print(type(error).__name__, error)
