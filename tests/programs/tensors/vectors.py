# Vectors add and scale entry by entry, as in the formulas.
import torch

u = torch.tensor([1.0, 2.0, 3.0])
v = torch.tensor([10.0, 20.0, 30.0])
print(u + v, v - u)
print(u * v, v / u)
print(2 * u, -u, u**2)
print(torch.dot(u, v), u @ v, (u * v).sum())
print("length of (3, 4):", torch.tensor([3.0, 4.0]).pow(2).sum().sqrt())
