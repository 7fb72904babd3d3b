# A function that torch does not have.
import torch

print(torch.ones(2))
print(torch.frobnicate(2))
