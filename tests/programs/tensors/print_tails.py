# What stands after the numbers: dtype, requires_grad or the name of the node.
import torch

w = torch.tensor([1.0, 2.0], requires_grad=True)
d = torch.tensor([1.0, 2.0], dtype=torch.float64, requires_grad=True)
print(w)
print(d)
print(w * 2)
print(d.sum())
print(w > 1)
print(torch.ones(3, 3, requires_grad=True) * 12345.678)
