# The gradients of a product of matrices: G Bᵀ and Aᵀ G.
import torch

A = torch.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], requires_grad=True)
B = torch.tensor([[1.0, 0.0, 2.0], [0.0, 1.0, -1.0]], requires_grad=True)
G = torch.tensor([[1.0, 0.0, 0.0], [0.0, 2.0, 0.0], [0.0, 0.0, 3.0]])

C = A @ B
C.backward(G)
print(C)
print(A.grad, torch.equal(A.grad, G @ B.T))
print(B.grad, torch.equal(B.grad, A.T @ G))
