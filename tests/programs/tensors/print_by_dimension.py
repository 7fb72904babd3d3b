# How tensors of zero to three dimensions are printed.
import torch

print(torch.tensor(3.5))
print(torch.tensor([1.0, 2.5, -3.0]))
print(torch.tensor([[1.0, 20.0], [-300.0, 4.5]]))
print(torch.arange(12.0).reshape(2, 3, 2))
print(torch.ones(1, 1, 1, 2))
