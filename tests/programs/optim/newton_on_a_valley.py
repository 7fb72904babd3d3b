# Newton's method on Rosenbrock's valley: every step to the last digit.
import torch
from torch.autograd.functional import hessian, jacobian


def valley(x):
    return (1 - x[0]) ** 2 + 100 * (x[1] - x[0] ** 2) ** 2


x = torch.tensor([-1.2, 1.0])
for step in range(7):
    g, H = jacobian(valley, x), hessian(valley, x)
    x = x - torch.linalg.solve(H, g)
    print(step, x.tolist(), valley(x).item(), g, H)
