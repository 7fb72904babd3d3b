# The same numbers in other shapes.
import torch

t = torch.arange(6)
print(t.reshape(2, 3))
print(t.view(3, 2))
print(t.reshape(-1, 2).shape, t.view(1, -1).shape, t.reshape((6, 1)).shape)
print(t.reshape(2, 3).flatten(), torch.flatten(t.reshape(1, 2, 3), 1))
print(t.unsqueeze(0).shape, t.unsqueeze(-1).shape, t.reshape(1, 6, 1).squeeze().shape)
print(torch.zeros(1, 3, 1).squeeze(0).shape, torch.zeros(1, 3, 1).squeeze(1).shape)
print(t[None].shape, t[:, None].shape)
