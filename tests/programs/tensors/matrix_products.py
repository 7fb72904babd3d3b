# The products of matrices and vectors, under their names and with @.
import torch

A = torch.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
B = torch.tensor([[1.0, 0.0, -1.0], [2.0, 1.0, 0.0]])
x = torch.tensor([1.0, -1.0])
print(torch.mm(A, B))
print(torch.mv(A, x), A.mv(x))
print(torch.dot(x, x))
print(A @ B @ A @ x)
print(torch.matmul(x, B), torch.matmul(x, x))
print((torch.ones(5, 3, 2) @ B).shape)
