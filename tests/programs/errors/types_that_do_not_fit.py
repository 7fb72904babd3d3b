# What PyTorch says of types that do not go together: products with truth values, layers, conversions and devices.
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F


def tried(call):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, str(error).split('\n')[0])


x, mask = torch.ones(2, 2), torch.eye(2) > 0
tried(lambda: mask @ x)
tried(lambda: mask @ x[0])
tried(lambda: torch.bmm(mask[None], x[None]))
tried(lambda: x @ mask)
tried(lambda: pow(x, 2, 3))
tried(lambda: x.to(np.float64))
tried(lambda: x.to(dtype='float64'))
tried(lambda: x.type(np.float32))
tried(lambda: x.long().type(torch.Tensor))
tried(lambda: x.to('mps'))
tried(lambda: nn.Linear(2, 2).to('xla'))
tried(lambda: torch.device('cpu', -1))
tried(lambda: torch.device(0))
line, kernel = torch.ones(1, 1, 3), torch.ones(1, 1, 2)
tried(lambda: F.conv1d(line, kernel, torch.ones(1).double()))
tried(lambda: F.conv1d(line.expand(2, 1, 3), kernel, torch.ones(1).double()))
tried(lambda: F.conv1d(line.expand(2, 1, 3), kernel.double()))
tried(lambda: F.conv1d(line, kernel.double()))
tried(lambda: F.conv2d(line[None], kernel[None], torch.ones(1).double()))
tried(lambda: F.linear(torch.ones(3), torch.ones(2, 3), torch.ones(2).double()))
