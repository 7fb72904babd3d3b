# Lazy layers take their input size from the first input; before that their parameters have no shape.
import torch
from torch import nn

net = nn.Sequential(nn.LazyLinear(4), nn.ReLU(), nn.LazyLinear(1, bias=False))
print(net[0].weight)
print(net)
try:
    print(net[0].weight.shape)
except RuntimeError as error:
    print(error)
torch.manual_seed(0)
out = net(torch.randn(5, 3))
print(out.shape, net[0].weight.shape)
print(net, type(net[0]).__name__)
net(torch.randn(2, 3)).sum().backward()
print(net[0].weight.grad.shape)
try:
    net(torch.randn(2, 4))
except RuntimeError as error:
    print(error)
