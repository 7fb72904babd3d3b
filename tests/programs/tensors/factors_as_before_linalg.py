# The factors that torch had before torch.linalg: some are gone, others warn and work; PCA of few components; reflectors.
import torch

A = torch.tensor([[4.0, 1.0, 0.5], [1.0, 3.0, 0.2], [0.5, 0.2, 2.0]])
for gone in (torch.eig, torch.solve, torch.lstsq, torch.matrix_rank, torch.Tensor.eig, torch.Tensor.solve, torch.Tensor.lstsq):
    try:
        gone(A, A)
    except RuntimeError as e:
        print(e)
print(torch.symeig(A).eigenvalues, A.symeig(eigenvectors=True).eigenvectors.abs())
LU, pivots = torch.lu(A)
print(LU, pivots, torch.lu_solve(torch.ones(3, 1), LU, pivots))
a, tau = torch.geqrf(A)
print(a, tau, torch.linalg.householder_product(a, tau), torch.orgqr(a, tau) @ a.triu())
torch.manual_seed(0)
X = torch.randn(8, 3) @ torch.diag(torch.tensor([3.0, 1.0, 0.1]))
U, S, V = torch.pca_lowrank(X, q=2)
print(U.shape, S, V.abs())
print(torch.svd_lowrank(X, q=3)[1], torch.linalg.svdvals(X))
