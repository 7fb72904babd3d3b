# Ways to make a tensor: from lists, filled, counted, spaced, and like another one.
import torch

print(torch.tensor([[1, 2, 3], [4, 5, 6]]))
print(torch.zeros(2, 2), torch.ones(3), torch.full((2,), 7.0))
print(torch.arange(3), torch.arange(1, 2, 0.25), torch.arange(10, 0, -3))
print(torch.linspace(-1, 1, 5))
print(torch.eye(2))
like = torch.tensor([1.5, 2.5])
print(torch.zeros_like(like), torch.ones_like(like))
print(torch.tensor([[1.0, 2.0], [3, 4]]).dtype)
print(torch.zeros(1, 2, dtype=torch.float64, requires_grad=True))
