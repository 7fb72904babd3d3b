# differs from PyTorch: it has these names; nabla says that it has not got them yet, and does not take them for typos.
import torch
from torch import nn

for get in [lambda: torch.fft.fft, lambda: torch.ones(2).to_sparse(), lambda: nn.FractionalMaxPool2d, lambda: torch.nn.functional.conv_tbc,
            lambda: torch.optim.SparseAdam, lambda: torch.complex64, lambda: torch.compile, lambda: torch.ones(2).half()]:
    try:
        get()
    except AttributeError as error:
        print(error)
try:
    import torch.fft
except ModuleNotFoundError as error:
    print(error)
try:
    from torch.nn import FractionalMaxPool2d
except ImportError as error:
    print(error)
print(hasattr(torch, "fft"))
nn.Linaer(1, 2)
