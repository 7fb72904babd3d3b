# jacobian and hessian in one piece (vectorize), by rows and by columns.
import torch
from torch.autograd.functional import hessian, jacobian

x, y = torch.tensor([1.0, 2.0, 3.0]), torch.tensor([0.5, -1.0, 2.0])
print(jacobian(lambda a, b: (a * b, a.sum() + b), (x, y), vectorize=True))
print(jacobian(torch.sin, x, vectorize=True, strategy="forward-mode"), jacobian(lambda a: a @ x, torch.stack([x, y]), vectorize=True, strategy="forward-mode"))
print(jacobian(lambda a, b: a * b.sum(), (x, y), vectorize=True, strategy="forward-mode")[1])
print(hessian(lambda a: (a**3).sum(), x, vectorize=True), jacobian(lambda a: torch.ones(2), x, vectorize=True, strategy="forward-mode"))
print(hessian(lambda a: (a**3).sum(), x, vectorize=True, outer_jacobian_strategy="forward-mode").detach())
for wrong in [lambda: jacobian(lambda a: 3, x, vectorize=True, strategy="forward-mode"), lambda: jacobian(torch.sin, 2.0, vectorize=True, strategy="forward-mode"),
              lambda: jacobian(torch.sin, x, strategy="forward-mode")]:
    try:
        print(wrong())
    except (RuntimeError, TypeError, NotImplementedError) as error:
        print(error)
