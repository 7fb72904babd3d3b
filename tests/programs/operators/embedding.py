# Rows of a table by number; the gradient adds up where a row was taken twice.
import torch
import torch.nn.functional as F

table = torch.arange(8.0).reshape(4, 2).requires_grad_()
y = F.embedding(torch.tensor([[0, 3], [3, 1]]), table)
print(y)
y.pow(2).sum().backward()
print(table.grad)
table.grad = None
F.embedding(torch.tensor([0, 1, 1]), table, padding_idx=0).sum().backward()
print(table.grad)
try:
    F.embedding(torch.tensor([4]), table)
except IndexError as e:
    print(e)
