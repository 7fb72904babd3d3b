# Tensors without elements say their size where it cannot be seen.
import torch

print(torch.tensor([]))
print(torch.zeros(0))
print(torch.zeros(2, 0))
print(torch.tensor([], dtype=torch.int64))
print(torch.tensor([]).shape, torch.zeros(2, 0).numel(), len(torch.zeros(0, 3)))
