# Products beyond matmul: added to something, along chosen dimensions, at right angles; covariances.
import torch

a, v = torch.arange(6.0).reshape(2, 3).requires_grad_(), torch.tensor([1.0, 2.0, 3.0])
stack = torch.ones(2, 2, 3)
print(torch.baddbmm(torch.ones(2), stack, stack.mT, alpha=2), torch.addmv(torch.ones(2), a, v))
print(torch.addr(torch.zeros(2, 3), torch.ones(2), v), torch.inner(a, a), torch.vdot(v, v))
print(torch.tensordot(a, a, dims=([1], [1])), torch.kron(a, torch.ones(1, 2)))
print(torch.cross(v, torch.tensor([1.0, 0.0, 0.0]), dim=0), torch.linalg.cross(a, a + 1))
print(torch.linalg.multi_dot([a, torch.ones(3, 2), torch.ones(2)]), torch.vander(v), torch.linalg.vander(v))
print(torch.cov(a), torch.corrcoef(torch.tensor([[1.0, 2.0, 4.0], [2.0, 1.0, 0.0]])))
(torch.addmv(torch.ones(2), a, v).pow(2).sum() + torch.cov(a).sum()).backward()
print(a.grad)
for wrong in [lambda: torch.tensordot(a, a, 1), lambda: torch.cross(v[:2], v[:2]), lambda: torch.linalg.multi_dot([a])]:
    try:
        wrong()
    except RuntimeError as e:
        print(e)
