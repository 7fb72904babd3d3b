# Cholesky, QR, singular values, eigenvalues; and what follows from them.
import torch

A = torch.tensor([[4.0, 1.0, 2.0], [1.0, 3.0, 0.5], [2.0, 0.5, 5.0]], dtype=torch.float64)
tall = torch.tensor([[1.0, 2.0], [3.0, 5.0], [4.0, 1.0]], dtype=torch.float64, requires_grad=True)
print(torch.linalg.cholesky(A), torch.linalg.qr(tall), torch.linalg.svd(tall, full_matrices=False), sep="\n")
print(torch.linalg.eigh(A), torch.linalg.eigvalsh(A), torch.linalg.svdvals(tall))
print(torch.linalg.pinv(tall), torch.linalg.matrix_rank(tall), torch.linalg.cond(A))
print(torch.linalg.lstsq(tall, torch.ones(3, 1, dtype=torch.float64)).solution)
Q, R = torch.linalg.qr(tall)
U, S, Vh = torch.linalg.svd(tall, full_matrices=False)
(Q[0, 0] * R[0, 1] + U[1, 0] * S[1] * Vh[0, 1] + torch.linalg.pinv(tall).sum()).backward()
print(tall.grad)
X = A.clone().requires_grad_()
L, V = torch.linalg.eigh(X @ X.T)
(L[0] + V[1, 2] ** 2 + torch.linalg.cholesky(X @ X.T).sum()).backward()
print(X.grad)
for wrong in [lambda: torch.linalg.cholesky(-A), lambda: torch.linalg.eigh(tall), lambda: torch.linalg.qr(A[0])]:
    try:
        wrong()
    except RuntimeError as e:
        print(e)
