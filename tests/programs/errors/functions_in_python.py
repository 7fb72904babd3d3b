# Functions that PyTorch writes in Python fail where their code stumbles over an argument.
import torch
import torch.nn.functional as F


def tell(call):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)


x = torch.ones(2, 3)
tell(lambda: F.glu('a'))
tell(lambda: F.mse_loss(x))
tell(lambda: F.softmin(x, dim={}))
tell(lambda: F.l1_loss(x, x, reduction=1.5))
tell(lambda: F.fold(x, (2, None), [0, 3], True))
tell(lambda: F.dropout2d(x, [1, 2]))
tell(lambda: F.max_pool2d(x, 'a', return_indices=True))
tell(lambda: F.adaptive_max_pool2d(x, output_size=(1, 2), input=1))
tell(lambda: F.lp_pool2d(x, None, 2))
tell(lambda: F.interpolate(torch.ones(1, 1, 2, 3), (True, 3)))
tell(lambda: F.batch_norm(x, [1, 2], x))
tell(lambda: F.silu([], inplace=True))
tell(lambda: torch.unique(x, dim=[]))
tell(lambda: torch.unique(x, return_counts=True, out=x))
tell(lambda: x.unique(extra=1))
tell(lambda: torch.cdist(x, x, out=x))
tell(lambda: torch.atleast_2d(3))
tell(lambda: torch.atleast_2d(input=x))
tell(lambda: torch.split(input=x, split_size_or_sections=1))
tell(lambda: x.split())
tell(lambda: x.unflatten(0, sizes=2))
tell(lambda: torch.tensordot(x, torch.ones(3), 2))
tell(lambda: torch.norm(x, 2, dtype=torch.int8))
tell(lambda: x.softmax(None))
