# Every in-place change raises the version, and views share it with their base.
import torch

base = torch.zeros(2, 3)
print(base._version)
base.add_(1)
base[0, 0] = 7
print(base._version)
row = base[1]
row.mul_(5)
print(base._version, row._version)
print(base)
print((base * 2)._version)
