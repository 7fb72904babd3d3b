# That a dimension was left out is told once for each line that calls, of functions and of modules.
import torch
import torch.nn.functional as F
from torch import nn

x = torch.ones(2, 2)
F.softmax(x)
nn.Softmax()(x)
nn.Softmax()(x)
for _ in range(2):
    nn.LogSoftmax()(x)
layer = nn.Softmin()
layer(x)
layer(x)
nn.Sequential(nn.Softmax())(x)
nn.Sequential(nn.Softmax())(x)
F.softmin(x)
F.softmax(x, _stacklevel=3)
F.mse_loss(x, x, reduce=False)
F.mse_loss(x, x, reduce=False)
F.mse_loss(x, x, size_average=False)
