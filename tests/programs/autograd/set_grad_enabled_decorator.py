# differs from PyTorch: since 2.0 a mode that decorates a function is that function's alone; 1.13 changes it for what follows too.
import torch

x = torch.ones(2, requires_grad=True)


@torch.set_grad_enabled(False)
def double(x):
    return x * 2


print(torch.is_grad_enabled(), double(x), x * 2)
