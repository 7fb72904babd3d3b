# Tensors with gaps are filled one number at a time, in the order of their memory; whole ones in blocks.
import torch

torch.manual_seed(0)
grid = torch.zeros(4, 10)
print(grid[:, ::2].normal_())
print(grid.t().uniform_()[:2])
grid[1:3].exponential_(2.0)
grid[::2, 1].bernoulli_()
grid[:, 3].random_(10)
print(grid)
print(torch.zeros(20)[::2].normal_(1, 2), torch.zeros(40)[::2].normal_())
print(torch.zeros(4, 8).t().normal_()[0], torch.rand(2))
