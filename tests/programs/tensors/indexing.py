# Picking elements, rows, columns, ranges, and by a list or a mask.
import torch

t = torch.arange(20).reshape(4, 5)
print(t[1], t[1, 2], t[-1, -1])
print(t[:, 0], t[1:3, 1:4], sep="\n")
print(t[::2, ::2], t[..., -1], sep="\n")
print(t[[0, 3]], t[torch.tensor([1, 1])], sep="\n")
print(t[t > 16], t[t % 7 == 0])
print(t[None, 0].shape, t[1:1].shape)
