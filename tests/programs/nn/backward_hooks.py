# Full backward hooks get the gradients of a module's inputs and outputs; the older kind those of the node that made the result.
import torch
from torch import nn


class Both(nn.Module):
    def forward(self, a, b):
        return a * b, a + b


def show(module, gives, came):
    print(type(module).__name__, gives, came)


a, b = torch.ones(2, requires_grad=True), torch.full((2,), 3.0)
both = Both()
both.register_full_backward_hook(show)
both(a, b)[0].sum().backward()

torch.manual_seed(0)
layer = nn.Linear(2, 1)
layer.register_backward_hook(show)
layer(torch.ones(1, 2)).sum().backward()
try:
    layer.register_full_backward_hook(show)
except RuntimeError as error:
    print(error)

layer = nn.Linear(2, 1)
layer.register_full_backward_hook(lambda module, gives, came: 3)
try:
    layer(torch.ones(1, 2, requires_grad=True)).sum().backward()
except TypeError as error:
    print(error)
