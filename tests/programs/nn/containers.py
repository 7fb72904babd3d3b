# Sequential, ModuleList, ModuleDict and ParameterList, by index and by name.
from collections import OrderedDict

import torch
from torch import nn

seq = nn.Sequential(OrderedDict([("first", nn.Linear(2, 3)), ("act", nn.Sigmoid())]))
print(seq, len(seq), seq[-1], seq.first.weight.shape)
seq.append(nn.Linear(3, 1))
print(seq[1:])
layers = nn.ModuleList([nn.Linear(i + 1, i + 2) for i in range(3)])
x = torch.ones(1, 1)
for layer in layers:
    x = layer(x)
print(layers, x.shape, len(layers), layers[1])
choice = nn.ModuleDict({"relu": nn.ReLU(), "tanh": nn.Tanh()})
print(choice, list(choice.keys()), choice["tanh"](torch.tensor(0.5)), "relu" in choice)
weights = nn.ParameterList([nn.Parameter(torch.ones(i + 1)) for i in range(2)])
print(weights[1], len(weights), sum(p.sum() for p in weights), len(list(weights.parameters())))
