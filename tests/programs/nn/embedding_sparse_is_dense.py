# differs from PyTorch: nabla has no sparse tensors, so with sparse=True the gradient of an embedding is the same numbers, dense.
import torch
from torch import nn

table = nn.Embedding(4, 2, sparse=True)
table(torch.tensor([1, 2, 1])).sum().backward()
print(table)
print(table.weight.grad)
