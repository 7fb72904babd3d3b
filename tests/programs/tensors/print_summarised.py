# More than a thousand elements are summarised: three from each end of every dimension.
import torch

print(torch.arange(1001))
print(torch.arange(1000).sum())
print(torch.zeros(40, 30))
print(torch.arange(1800).reshape(2, 30, 30))
print(torch.linspace(0, 1, 1001).requires_grad_() * 3)
