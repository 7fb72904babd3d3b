# A value that is used twice gets the sum of both gradients.
import torch

a = torch.tensor(3.0, requires_grad=True)
b = a * 2
c = a + 1
d = b * c        # d = 2a (a + 1) = 2a^2 + 2a
d.backward()
print(d)
print(a.grad)    # 4a + 2

e = torch.tensor(5.0, requires_grad=True)
(e * e * e).backward()
print(e.grad)    # 3e^2
