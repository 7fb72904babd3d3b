# torch.Size is a tuple with a name.
import torch

t = torch.zeros(2, 3, 4)
print(t.shape, t.size(), t.size(0), t.size(-1))
print(t.shape[1], t.shape[:2], len(t.shape), t.dim(), t.numel())
batch, *rest = t.shape
print(batch, rest, t.shape == (2, 3, 4))
print(torch.tensor(1.0).shape, list(t.shape), f"{t.shape}")
print(torch.zeros(t.shape[:2]).shape)
