# Which dtype comes out when two kinds of numbers meet.
import torch

i = torch.tensor([1, 2])
f = torch.tensor([0.5, 1.5])
d = torch.tensor([0.5, 1.5], dtype=torch.float64)
b = torch.tensor([True, False])
print((i + f).dtype, (f + d).dtype, (i + d).dtype, (b + i).dtype, (b + b).dtype)
print((i + 1).dtype, (i + 1.0).dtype, (f + 1).dtype, (b + 1).dtype, (i / i).dtype)
print(f + torch.tensor(1.0, dtype=torch.float64))   # a number with no dimension gives way
print(i * 2.5)
print(i.float(), f.double(), f.long(), f.int(), i.bool(), f.to(torch.float64))
print(i.sum().dtype, b.sum(), f.sum().dtype)
