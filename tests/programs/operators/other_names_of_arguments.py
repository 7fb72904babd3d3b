# Arguments by the names that PyTorch's methods and older forms have.
import torch
import torch.nn.functional as F

x = torch.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 7.0]], requires_grad=True)
print(x.split(split_size=2))
print(x.split(split_size=[1, 2], dim=0)[1])
print(x.swapaxes(axis0=0, axis1=1), torch.swapaxes(x, axis0=0, axis1=1).shape)
print(torch.norm(x.detach(), 1, 0, dtype=torch.float64))
print(torch.linalg.pinv(torch.diag(torch.tensor([4.0, 1.0])), rcond=0.5))
print(torch.linalg.pinv(torch.diag(torch.tensor([4.0, 1.0])), 0.1))
print(torch.linalg.matrix_rank(x, tol=1.0))
out = torch.empty(3, 2)
print(F.normalize(x.detach(), out=out) is out, out)
print(F.max_pool2d_with_indices(x.detach()[None, None], 2, return_indices=True))
torch.manual_seed(0)
generator = torch.Generator().manual_seed(3)
print(torch.rrelu(-x.detach(), training=True, generator=generator))
print(F.adaptive_avg_pool2d(torch.arange(32.0).reshape(1, 2, 4, 4), (None, 2)))
y = torch.diag(torch.tensor([4.0, 2.0])).requires_grad_()
torch.linalg.pinv(y, 0.0).sum().backward()
print(y.grad)
