# differs from PyTorch: @torch.no_grad and its kin decorate a function also without parentheses, as in 2.x.
import torch

x = torch.ones(1, requires_grad=True)


@torch.no_grad
def plain(x):
    return x * 2


@torch.enable_grad
def tracked(x):
    return x * 2


@torch.inference_mode
def quick(x):
    return x * 2


print(plain(x), quick(x).is_inference())
with torch.no_grad():
    print(tracked(x).requires_grad)
