# A seed gives the same initial weights as in PyTorch, for layers and for nn.init.
import torch
from torch import nn

torch.manual_seed(0)
print(nn.Linear(3, 2).weight, nn.Linear(3, 2).bias)
print(nn.Conv2d(1, 1, 2).weight)
print(nn.Embedding(3, 2).weight)
print(nn.LSTM(1, 1).weight_ih_l0.T)
w = torch.empty(2, 3)
for name in ("uniform_", "normal_", "ones_", "zeros_", "xavier_uniform_", "xavier_normal_", "kaiming_uniform_", "kaiming_normal_", "eye_"):
    print(name, getattr(nn.init, name)(w))
print(nn.init.constant_(w, 0.3), nn.init.trunc_normal_(w, std=0.02), nn.init.calculate_gain("tanh"))


def start(layer):
    if isinstance(layer, nn.Linear):
        nn.init.constant_(layer.weight, 0.5)
        nn.init.zeros_(layer.bias)


net = nn.Sequential(nn.Linear(1, 2), nn.ReLU(), nn.Linear(2, 1)).apply(start)
print(net[2].weight, net(torch.tensor([[2.0]])))
