# Whole numbers stay whole, except under true division.
import torch

a = torch.tensor([7, -7, 6])
b = torch.tensor([2, 2, -4])
print(a + b, a * b, a - b)
print(a / b)
print(a // b)
print(a % b)
print(a**2, 2 ** torch.tensor([0, 1, 10]))
print(a / 7, a * 1.5)
