# .T of a vector is on its way out.
import torch

v = torch.tensor([1.0, 2.0])
print(v.T)
print(v.T, torch.ones(2, 3).T.shape)
