# Comparisons give tensors of booleans, and == is not identity.
import torch

a = torch.tensor([1.0, 2.0, 3.0])
b = torch.tensor([3.0, 2.0, 1.0])
print(a == b, a != b)
print(a < b, a <= b, a > 2, 2 >= a)
print((a == b).any(), (a == a).all(), torch.equal(a, b), torch.allclose(a, a + 1e-9))
print(~(a > 2), (a > 1) & (b > 1), (a > 2) | (b > 2))
print(torch.where(a > b, a, b))
print(a is b, a is a, (a > 2).sum().item())
