# autograd.grad complains about an input that plays no part, unless that is allowed.
import torch

a = torch.tensor(1.0, requires_grad=True)
b = torch.tensor(2.0, requires_grad=True)
y = a * 3
try:
    torch.autograd.grad(y, (a, b))
except RuntimeError as error:
    print(error)
print(torch.autograd.grad(a * 3, (a, b), allow_unused=True))
