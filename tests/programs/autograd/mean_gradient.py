# The gradient of a mean is spread evenly, that of a mean along an axis over that axis only.
import torch

x = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
x.mean().backward()
print(x.grad)

x.grad.zero_()
weights = torch.tensor([1.0, 10.0])
(x.mean(dim=0) * weights).sum().backward()
print(x.grad)

x.grad.zero_()
(x / x.sum(dim=1, keepdim=True)).sum().backward()   # every row sums to 1, whatever x is
print(x.grad.abs().max() < 1e-6)
