# Tensors in lists, tuples and dictionaries print with their repr.
import torch

a = torch.tensor([1.0, 2.0])
b = torch.tensor([[1, 2], [3, 4]])
print([a, a * 2])
print((a, b))
print({"a": a, "b": b.sum()})
print(str(a) == repr(a))
print(f"{a} and {b[0]!r}")
