# What training and evaluation change: batch statistics and dropout.
import torch
from torch import nn

torch.manual_seed(1)
bn = nn.BatchNorm1d(3)
x = torch.randn(8, 3) * 2 + 1
print(bn(x).mean(0).abs() < 1e-6, bn.running_mean, [f"{v:.3f}" for v in bn.running_var], bn.num_batches_tracked)
bn.eval()
print(bn(x[:2]))
drop = nn.Dropout(0.5)
print(drop(torch.ones(10)))
drop.eval()
print(drop(torch.ones(10)))
norm = nn.LayerNorm(4)
print(norm(torch.arange(8.0).view(2, 4)), norm)
print(nn.GroupNorm(2, 4)(torch.arange(8.0).view(1, 4, 2)))
try:
    bn(torch.ones(3))
except ValueError as error:
    print(error)
