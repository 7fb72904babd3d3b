# What Sequential, ModuleList, ModuleDict and the containers of parameters can do as lists and dicts, and what they refuse.
import torch
from torch import nn


def attempt(action):
    try:
        print(action())
    except Exception as e:
        print(f"{type(e).__name__}: {e}")


net = nn.Sequential(nn.Linear(1, 2), nn.ReLU()).append(nn.Linear(2, 1))
net.insert(1, nn.Dropout(0.1))
print(net.pop(2), len(net + nn.Sequential(nn.Tanh())), net * 2)
attempt(lambda: net * 0)
attempt(lambda: net + [nn.Tanh()])
attempt(lambda: net[7])
layers = nn.ModuleList([nn.Tanh()])
layers += [nn.ReLU(), nn.Sigmoid()]
layers.insert(0, nn.GELU())
print(layers, layers.pop(-1), len(layers + nn.ModuleList([nn.ELU()])))
attempt(lambda: layers.extend(3))
choices = nn.ModuleDict([["relu", nn.ReLU()], ["tanh", nn.Tanh()]])
print(choices.pop("relu"), list(choices))
attempt(lambda: choices.update([["a"]]))
params = nn.ParameterDict({"b": torch.ones(2), "a": 3}) | nn.ParameterDict({"c": torch.zeros(1)})
print(params, params.setdefault("d"), params.popitem(), params.get("x", 0))
print(nn.ParameterList([torch.zeros(1, 2), "text"]))
