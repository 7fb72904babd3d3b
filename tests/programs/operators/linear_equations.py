# det, inv, solve, powers and the exponential of matrices, with their gradients.
import torch

A = torch.tensor([[4.0, 1.0], [2.0, 3.0]], requires_grad=True)
b = torch.tensor([1.0, 2.0], requires_grad=True)
print(torch.det(A), torch.linalg.slogdet(A), torch.logdet(A))
print(torch.inverse(A), torch.linalg.solve(A, b))
torch.linalg.solve(A, b).sum().backward()
print(A.grad, b.grad)
print(torch.autograd.grad(torch.det(A), A)[0], torch.autograd.grad(torch.inverse(A).sum(), A)[0])
singular = torch.ones(2, 2, requires_grad=True)
print(torch.autograd.grad(torch.det(singular), singular)[0])
print(torch.matrix_power(A, 3), torch.linalg.matrix_power(A, -1), torch.matrix_exp(A / 4))
print(torch.linalg.solve_triangular(A, torch.eye(2), upper=True))
for wrong in [
    lambda: torch.inverse(torch.zeros(2, 2)),
    lambda: torch.linalg.solve(singular, b),
    lambda: torch.linalg.solve(A, torch.ones(3, 1)),
    lambda: torch.det(torch.ones(2, 3)),
]:
    try:
        wrong()
    except RuntimeError as e:
        print(type(e).__name__, e)
