# differs from PyTorch: F.sigmoid and F.tanh are not deprecated, as since 2.0; F.upsample still is.
import torch
import torch.nn.functional as F

print(F.sigmoid(torch.zeros(2)), F.tanh(torch.zeros(2)))
print(F.upsample(torch.arange(4.0).reshape(1, 1, 4), scale_factor=2))
