# torch.autograd.functional: whole Jacobians and Hessians, and their products with vectors.
import torch
from torch.autograd.functional import hessian, hvp, jacobian, jvp, vhp, vjp

x = torch.tensor([1.0, 2.0, 3.0])
print(jacobian(lambda x: x**2, x))
print(jacobian(lambda a, b: a * b + b, (x, x + 1)))
print(hessian(lambda x: (x**3).sum(), x))
print(hessian(lambda a, b: (a * b).sum(), (x, x)))
print(vjp(lambda x: x**2, x, torch.ones(3)))
print(jvp(lambda x: x**2, x, torch.ones(3)))
print(hvp(lambda x: (x**3).sum(), x, torch.ones(3)), vhp(lambda x: (x**3).sum(), x, torch.ones(3)))
for attempt in (lambda: vjp(lambda x: x**2, x), lambda: hessian(lambda x: x**2, x), lambda: jacobian(lambda x: x, 3),
                lambda: vjp(lambda x: x, x, torch.ones(2)), lambda: jacobian(lambda x: 3, x), lambda: jacobian(lambda a, b: a, (x, x), strict=True)):
    try:
        print(attempt())
    except Exception as error:
        print(type(error).__name__, error)
