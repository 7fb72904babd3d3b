# More than a thousand elements are summarised: three from each end of every dimension.
import torch

print(torch.arange(1001))
print(torch.arange(1000).sum())
print(torch.zeros(40, 30))
print(torch.arange(2000.0).reshape(10, 10, 20))
