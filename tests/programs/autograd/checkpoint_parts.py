# What a checkpoint is made of: inputs cut off from their graphs, and a warning where none needs a gradient.
import warnings

import torch
from torch.utils.checkpoint import check_backward_validity, checkpoint, checkpoint_sequential, detach_variable

warnings.simplefilter("ignore")
x = torch.ones(2, requires_grad=True)
print(detach_variable((x * 2, x, 3)))
try:
    detach_variable([x])
except RuntimeError as error:
    print(error)
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    check_backward_validity([x.detach()])
    print(caught[0].message)
y = checkpoint_sequential([torch.sin, torch.cos, torch.exp], 3, x)
y.sum().backward()
print(y, x.grad)
print(checkpoint(lambda d: d["x"] * 3, {"x": x}), checkpoint(lambda d: d["x"] * 3, {"x": x}, use_reentrant=False))
