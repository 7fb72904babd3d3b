# Dropout of whole channels warns of inputs without a channel's dimensions; kl_div warns once of its mean.
import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
print(nn.Dropout2d()(torch.ones(2, 3)))
print(nn.Dropout2d()(torch.ones(2, 2, 2)))
print(nn.Dropout3d()(torch.ones(2, 3, 2)))
print(nn.Dropout1d()(torch.ones(2, 3)))
p = torch.tensor([0.5, 0.5])
print(F.kl_div(p.log(), p))
print(F.kl_div(p.log(), p), F.kl_div(p.log(), p, reduction="batchmean"))
