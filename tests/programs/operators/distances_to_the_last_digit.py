# cdist row by row and, for many rows, as a product of matrices; addbmm and addr, powers of tensors.
import torch

torch.manual_seed(4)
for p in 2.0, 1.0, 3.0, 0.5, float('inf'):
    x, y = torch.randn(6, 7, requires_grad=True), torch.randn(5, 7, requires_grad=True)
    d = torch.cdist(x, y, p=p)
    (d * torch.randn(d.shape)).sum().backward()
    print(p, d.flatten()[:6].tolist(), x.grad.flatten()[:6].tolist(), y.grad.flatten()[:6].tolist())
x = torch.randn(30, 4, requires_grad=True)
d = torch.cdist(x, torch.randn(28, 4))
d.mean().backward()
print(d.flatten()[:6].tolist(), x.grad.flatten()[:6].tolist(), d.grad_fn.next_functions[0][0].name())
print(torch.addbmm(torch.randn(2, 3), torch.randn(3, 2, 4), torch.randn(3, 4, 3), beta=0.3, alpha=1.7).tolist())
print(torch.addr(torch.randn(2, 3), torch.randn(2), torch.randn(3), beta=0.3, alpha=1.7).tolist())
x = torch.rand(20)
print((x ** (1 / 3)).tolist(), (x ** torch.full((20,), 3.0)).tolist())
zeros = torch.tensor([0.0, -0.0] * 9)
print(torch.maximum(zeros, -zeros), torch.fmin(zeros, -zeros), zeros.clamp(min=0))
