# A parametrized module is saved by its state alone.
import torch
from torch import nn
from torch.nn.utils import parametrize


class Symmetric(nn.Module):
    def forward(self, x):
        return x.triu() + x.triu(1).mT


layer = nn.Linear(2, 2)
parametrize.register_parametrization(layer, "weight", Symmetric())
for module in (layer, nn.Sequential(layer), nn.utils.parametrizations.spectral_norm(nn.Linear(2, 2))):
    try:
        torch.save(module, "module.pt")
    except RuntimeError as error:
        print(error)
torch.save(layer.state_dict(), "state.pt")
print(list(torch.load("state.pt")))
