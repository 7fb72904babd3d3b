# An element that is picked twice by an index list collects both gradients.
import torch

table = torch.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], requires_grad=True)
picked = table[[0, 2, 2]]
print(picked)
(picked * torch.tensor([[1.0, 1.0], [10.0, 10.0], [100.0, 100.0]])).sum().backward()
print(table.grad)
