# torch.nn's group_norm refuses one value a group, which has no variance; torch.group_norm does not ask.
import torch
import torch.nn.functional as F
from torch import nn

x = torch.randn(1, 2)
for call in (lambda: F.group_norm(x, 2), lambda: nn.GroupNorm(2, 2).eval()(x), lambda: F.group_norm(x[..., None], 2), lambda: torch.group_norm(x, 2),
             lambda: F.group_norm(torch.ones(2, 2), 2), lambda: F.group_norm(torch.ones(1, 4), 2), lambda: F.group_norm(torch.ones(1, 4, 1, 1), 4),
             lambda: torch.group_norm(torch.ones(1, 4, 2), 4, eps=1e-3, cudnn_enabled=False), lambda: F.group_norm(torch.ones(3, 3), 2),
             lambda: F.group_norm(torch.ones(3, 3), 0)):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
