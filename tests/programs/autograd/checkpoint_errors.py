# Where torch.utils.checkpoint can't be used, and how it says so.
import warnings

import torch
from torch import nn
from torch.utils.checkpoint import checkpoint, checkpoint_sequential

torch.manual_seed(0)
layer = nn.Linear(3, 2)
deep = nn.Sequential(nn.Linear(3, 3), nn.ReLU())
x = torch.ones(2, 3, requires_grad=True)


def part(x, factor=1.0):
    return layer(x) * factor


for mistake in [
    lambda: torch.autograd.grad(checkpoint(part, x).sum(), x),
    lambda: checkpoint(part, x).sum().backward(inputs=[x]),
    lambda: checkpoint(part, x, factor=2.0),
    lambda: checkpoint_sequential(deep, 2, x, factor=2.0),
    lambda: checkpoint(torch.detach, x).sum().backward(),
]:
    try:
        mistake()
    except Exception as error:
        print(type(error).__name__, error)
print(torch.autograd.grad(checkpoint(lambda x: x.exp() * x, x, use_reentrant=False).sum(), x))
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    print(checkpoint(part, torch.ones(1, 3)).requires_grad)
    print([str(one.message) for one in caught])
