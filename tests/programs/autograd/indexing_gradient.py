# The gradient of picking elements: ones where something was picked, zeros elsewhere.
import torch

m = torch.arange(12.0).reshape(3, 4).requires_grad_()
(m[1, 2] * 5 + m[0].sum() + m[:, 3].sum() + m[2, 1:3].sum() * 2).backward()
print(m.grad)

m.grad = None
m[::2, ::3].pow(2).sum().backward()
print(m.grad)
