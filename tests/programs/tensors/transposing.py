# Turning a matrix on its side moves no numbers, only the strides.
import torch

m = torch.tensor([[1, 2, 3], [4, 5, 6]])
print(m.t())
print(m.T.shape, m.transpose(0, 1).shape, torch.transpose(m, 0, 1).shape)
print(m.stride(), m.t().stride(), m.is_contiguous(), m.t().is_contiguous())
cube = torch.arange(24).reshape(2, 3, 4)
print(cube.transpose(0, 2).shape, cube.permute(1, 2, 0).shape, cube.transpose(-1, -2)[0, 3])
m.t()[0, 1] = 40
print(m)
print(m.t().contiguous().view(-1))
