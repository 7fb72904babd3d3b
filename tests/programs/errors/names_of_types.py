# Messages name types that are written in C with their module.
import collections
import torch


def told(call):
    try:
        call()
    except Exception as error:
        print(type(error).__name__, error)


x = torch.ones(2)
told(lambda: x.shape())
told(lambda: torch.float32(3))
told(lambda: x + torch.float32)
told(lambda: x.shape < 1)
told(lambda: torch.exp(x.shape))
told(lambda: torch.exp(torch.max(torch.ones(2, 2), 0)))
told(lambda: collections.deque().foo)
told(lambda: collections.OrderedDict() + 1)
told(lambda: torch.nn.Sequential(torch.relu))
told(lambda: torch.nn.Sequential(torch.nn.ReLU))
