# Systems of equations and what they are solved by, every digit: LAPACK's order of products and sums.
import torch

for dtype in torch.float32, torch.float64:
    torch.manual_seed(7)
    A, b, B = torch.randn(3, 3).to(dtype), torch.randn(3).to(dtype), torch.randn(3, 2).to(dtype)
    S = A @ A.T + torch.eye(3, dtype=dtype)
    L = torch.linalg.cholesky(S)
    print(torch.linalg.solve(A, b).tolist(), torch.linalg.solve(A.T, B).tolist())
    print(torch.inverse(A).tolist(), torch.det(A).item(), torch.linalg.slogdet(A.T))
    print(torch.linalg.lu_factor(A).LU.tolist())
    print(L.tolist(), torch.linalg.cholesky(S, upper=True).tolist())
    print(torch.cholesky_solve(B, L).tolist(), torch.linalg.solve_triangular(L.T, B, upper=True).tolist())
    A.requires_grad_()
    for value in torch.linalg.solve(A, b).sum(), torch.det(A), torch.logdet(A @ A.T), torch.inverse(A)[0, 1]:
        print(torch.autograd.grad(value, A)[0].tolist())
