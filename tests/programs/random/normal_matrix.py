# randn with many elements, and its mean and spread.
import torch

torch.manual_seed(1)
m = torch.randn(4, 5)
print(m)
big = torch.randn(10000)
print(f"mean {big.mean().item():.2f}, mean square {big.pow(2).mean().item():.2f}")
