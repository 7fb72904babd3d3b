# What Module says to a wrong assignment, a missing forward, and a forgotten super().__init__().
import torch
from torch import nn


class Forgot(nn.Module):
    def __init__(self):
        self.layer = nn.Linear(1, 1)


class Empty(nn.Module):
    pass


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


net = nn.Linear(2, 2)
attempt(Forgot)
attempt(lambda: Empty()(1))
attempt(lambda: setattr(net, "weight", torch.zeros(2, 2)))
attempt(lambda: net.register_buffer("a.b", None))
attempt(lambda: net.register_parameter("weight2", torch.zeros(1)))
attempt(lambda: net.add_module("x", 3))
attempt(lambda: net.missing)
attempt(lambda: nn.Sequential(net)[3])
attempt(lambda: net(torch.ones(1, 3)))
attempt(lambda: nn.Linear(2))
attempt(lambda: nn.Dropout(1.5))
attempt(lambda: nn.Parameter(torch.ones(1) * torch.ones(1, requires_grad=True)))
