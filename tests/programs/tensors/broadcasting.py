# Shapes are compared from the right; an axis of size 1 is stretched.
import torch

row = torch.tensor([1.0, 2.0, 3.0])
column = torch.tensor([[10.0], [20.0]])
print(row + column)
print((torch.ones(4, 1, 3) * torch.ones(2, 1)).shape)
print((torch.zeros(2, 3) + 5)[0])
print(torch.tensor(100.0) + row)
try:
    torch.ones(2, 3) + torch.ones(2)
except RuntimeError as error:
    print(error)
