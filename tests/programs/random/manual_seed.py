# With a seed the same random numbers come again.
import torch

torch.manual_seed(0)
first = torch.randn(3)
second = torch.randn(3)
torch.manual_seed(0)
again = torch.randn(3)
print(first)
print(second)
print(torch.equal(first, again), torch.equal(first, second))
