# A misspelt method of a tensor.
import torch

x = torch.ones(3, requires_grad=True)
x.sum().backwards()
