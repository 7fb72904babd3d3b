# Layers whose parameters are float32 refuse float64 data, each in its own words.
import torch
from torch import nn

x = torch.rand(4, 2, 3, 3, dtype=torch.float64)
for layer in (nn.BatchNorm2d(2), nn.LayerNorm(3), nn.GroupNorm(2, 2), nn.InstanceNorm2d(2, affine=True), nn.Conv2d(2, 1, 2), nn.Linear(3, 1)):
    try:
        print(layer(x).dtype)
    except RuntimeError as error:
        print(type(layer).__name__, "-", error)
