# A multiplication table and a table of distances without a loop.
import torch

n = torch.arange(1, 6)
print(n.unsqueeze(1) * n)

points = torch.tensor([[0.0, 0.0], [3.0, 4.0], [6.0, 8.0]])
differences = points.unsqueeze(0) - points.unsqueeze(1)
print(differences.pow(2).sum(dim=2).sqrt())
