# A dtype that is not the usual one is named at the end.
import torch

print(torch.tensor([1.0, 2.5], dtype=torch.float64))
print(torch.zeros(2, 2, dtype=torch.double))
print(torch.tensor(1 / 3, dtype=torch.float64))
print(torch.tensor([1, 2], dtype=torch.float32), torch.tensor([1.9, -1.9], dtype=torch.int64))
print(torch.tensor([0, 2], dtype=torch.bool))
print(torch.tensor([1, 2], dtype=torch.int32))
print(torch.zeros(2).dtype, torch.arange(2).dtype, torch.tensor([True]).dtype)
