# rand draws from 0 to 1, in the order of the elements.
import torch

torch.manual_seed(42)
print(torch.rand(2, 3))
print(torch.rand(1), torch.rand(()))
print(torch.rand(2, dtype=torch.float64))
torch.manual_seed(42)
print(torch.rand(6))
