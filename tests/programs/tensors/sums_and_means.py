# Sums and means over everything, over an axis, over two, and with the axis kept.
import torch

t = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
print(t.sum(), t.mean())
print(t.sum(dim=0), t.sum(1), t.sum(-1))
print(t.mean(dim=1, keepdim=True))
print(t.sum(0, keepdim=True).shape, t.sum((0, 1)))
print(torch.sum(t), torch.mean(t, 0))
print(t - t.mean(dim=1, keepdim=True))
print(torch.tensor([1, 2, 3]).sum(), torch.tensor([True, True]).sum(), torch.tensor([]).sum())
try:
    t.sum(dim=2)
except IndexError as error:
    print(error)
