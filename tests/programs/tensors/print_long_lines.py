# Rows that do not fit the line are broken, with or without a tail.
import torch

print(torch.arange(30.0))
print(torch.arange(30))
print(torch.linspace(0, 1, 12))
print(torch.linspace(0, 1, 11).requires_grad_())
print(torch.ones(2, 20))
print(torch.arange(8.0).requires_grad_() * 1.5)
