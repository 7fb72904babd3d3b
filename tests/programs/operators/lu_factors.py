# Factors of matrices by elimination: lu, lu_factor and their gradients, cholesky_ex, tensorinv and tensorsolve.
import torch

A = torch.tensor([[2., 1, 3], [4, 4, 1], [1, 5, 2]], requires_grad=True)
linalg = torch.linalg
for f in [lambda: linalg.lu(A), lambda: linalg.lu_factor(A), lambda: linalg.lu(A.detach()[:, :2]), lambda: linalg.lu(A.detach()[:2]), lambda: linalg.lu(torch.stack([A, A.T]).detach()),
          lambda: torch.lu_unpack(*linalg.lu_factor(A.detach())), lambda: linalg.lu_solve(*linalg.lu_factor(A.detach()), torch.ones(3, 1)),
          lambda: linalg.cholesky_ex(torch.eye(2) * 4), lambda: linalg.cholesky_ex(-torch.eye(2)).info, lambda: linalg.cholesky_ex(-torch.eye(2), check_errors=True),
          lambda: linalg.solve_ex(A.detach(), torch.ones(3)), lambda: linalg.tensorinv(torch.eye(6).reshape(2, 3, 6)).shape, lambda: linalg.tensorinv(torch.ones(4, 6)),
          lambda: linalg.tensorinv(torch.ones(4, 6), ind=0), lambda: linalg.tensorsolve(torch.eye(6).reshape(2, 3, 6), torch.ones(2, 3)),
          lambda: linalg.tensorsolve(torch.ones(2, 3), torch.ones(2)), lambda: linalg.lu(torch.ones(3)), lambda: linalg.lu_factor(torch.zeros(2, 2)),
          lambda: linalg.lu(torch.ones(2, 2), pivot=False)]:
    try:
        print(f())
    except Exception as error:
        print(type(error).__name__, error)
P, L, U = linalg.lu(A)
(L.sum() + (U * U).sum()).backward()
print(A.grad)
LU, pivots = linalg.lu_factor(A)
print(torch.autograd.grad((LU * LU).sum(), A)[0])
