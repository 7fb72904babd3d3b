# randint and randperm, the two draws of whole numbers.
import torch

torch.manual_seed(3)
print(torch.randint(0, 10, (8,)))
print(torch.randint(100, (2, 2)))
order = torch.randperm(6)
print(order)
print(torch.arange(10, 16)[order])
