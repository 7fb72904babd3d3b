# Floats in one tensor share their number of digits: whole numbers, four decimals or scientific.
import torch

print(torch.tensor([1.0, 2.0, 100.0]))
print(torch.tensor([1.5, 22.25, -333.125]))
print(torch.tensor([0.001, 1.0]))
print(torch.tensor([1e-5, 1.0]))
print(torch.tensor([1e8, 1.5]))
print(torch.tensor([123456.0, 0.5]))
print(torch.tensor([1e-8, 2e-7]))
print(torch.tensor([100000000.0, 3.0]))
print(torch.tensor(0.1), torch.tensor(1e10), torch.tensor(1e-10))
