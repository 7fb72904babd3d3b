# Layers that look at their arguments when they are made or called, and initial values that are not to be had.
import torch
import torch.nn as nn


def tried(call):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)


tried(lambda: nn.Softmax2d()(torch.ones(2, 3)))
tried(lambda: nn.Softmax2d()(torch.ones(2, 1, 1)))
tried(lambda: nn.Unflatten(1, 3))
tried(lambda: nn.Unflatten('a', 3))
tried(lambda: nn.Unflatten(1, (2, 1.5)))
tried(lambda: nn.Unflatten(1, (2, 2)))
torch.manual_seed(0)
tried(lambda: nn.init.trunc_normal_(torch.empty(3), 5, 1, -1, 1))
