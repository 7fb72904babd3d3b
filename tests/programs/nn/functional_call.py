# A module called with parameters that are not its own.
import torch
from torch import nn

try:
    from torch.func import functional_call
except ImportError:
    from torch.nn.utils.stateless import functional_call

torch.manual_seed(0)
net = nn.Sequential(nn.Linear(2, 2), nn.Tanh(), nn.Linear(2, 1))
x = torch.ones(1, 2)
print(functional_call(net, {name: p.detach() * 0 for name, p in net.named_parameters()}, x))
print(functional_call(net, {"0.weight": torch.ones(2, 2)}, (x,)))
print(net(x), net[0].weight)
