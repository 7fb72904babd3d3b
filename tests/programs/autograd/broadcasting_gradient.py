# What was stretched by broadcasting gets the sum of the gradients over the stretched axes.
import torch

matrix = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], requires_grad=True)
row = torch.tensor([10.0, 20.0, 30.0], requires_grad=True)
column = torch.tensor([[1.0], [2.0]], requires_grad=True)
number = torch.tensor(2.0, requires_grad=True)

y = (matrix + row) * column * number
print(y)
y.sum().backward()
for name, t in [("matrix", matrix), ("row", row), ("column", column), ("number", number)]:
    print(name, tuple(t.shape))
    print(t.grad)
