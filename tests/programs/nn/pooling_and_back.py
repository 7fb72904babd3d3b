# Max pooling that remembers its places, and unpooling that puts values back there; the same in three dimensions.
import torch
from torch import nn

torch.manual_seed(0)
x = torch.randint(0, 50, (1, 1, 4, 4)).float().requires_grad_()
pooled, places = nn.MaxPool2d(2, return_indices=True)(x)
print(pooled, places)
back = nn.MaxUnpool2d(2)(pooled, places)
print(back.detach())
back.sum().backward()
print(x.grad)
volume = torch.arange(32.0).view(1, 1, 2, 4, 4)
print(nn.MaxPool3d(2)(volume), nn.AvgPool3d((2, 4, 2))(volume), nn.AdaptiveAvgPool3d((1, 2, 1))(volume))
print(nn.MaxPool3d(2), nn.AvgPool3d((2, 4, 2)), nn.AdaptiveMaxPool3d((1, None, 2)))
try:
    nn.MaxUnpool2d(2)(pooled, places, output_size=(9, 9))
except ValueError as e:
    print(e)
