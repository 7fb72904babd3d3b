# The product rule and the quotient rule, each on numbers that can be done in the head.
import torch

u = torch.tensor(3.0, requires_grad=True)
v = torch.tensor(2.0, requires_grad=True)

(u * v).backward()
print("d(uv)/du =", u.grad, " d(uv)/dv =", v.grad)

u.grad, v.grad = None, None
(u / v).backward()
print("d(u/v)/du =", u.grad, " d(u/v)/dv =", v.grad)

u.grad, v.grad = None, None
(u**v).backward()
print("d(u^v)/du =", u.grad, " d(u^v)/dv =", v.grad)
