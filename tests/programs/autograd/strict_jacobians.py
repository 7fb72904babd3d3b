# torch.autograd.functional in strict mode, and what it says of vectors and outputs that do not fit.
import torch
from torch.autograd.functional import hessian, hvp, jacobian, jvp, vhp, vjp

x, w, one = torch.tensor([1.0, 2.0]), torch.tensor([3.0, 4.0, 5.0]), torch.ones(2)


def linear(a):
    return a.sum() * 2


for call in [lambda: jacobian(lambda a: one, x), lambda: jacobian(lambda a: one, x, strict=True), lambda: jacobian(lambda a, b: a * 2, (x, w), strict=True),
             lambda: jacobian(lambda a: a * 2, x, strict=True, create_graph=True), lambda: jacobian(torch.sin, x, strategy="forward-mode"),
             lambda: jacobian(torch.sin, x, vectorize=True, strict=True), lambda: hessian(linear, x, strict=True), lambda: hessian(linear, x),
             lambda: vjp(lambda a: one, x, one), lambda: vjp(torch.sin, x, 1), lambda: vjp(torch.sin, x, (one, one)), lambda: jvp(lambda a: one, x, one, strict=True),
             lambda: jvp(lambda a: a * 2, x, one, strict=True, create_graph=True), lambda: vhp(linear, x, one, strict=True), lambda: hvp(linear, x, one),
             lambda: hvp(lambda a: torch.tensor(1.0), x, one)]:
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
