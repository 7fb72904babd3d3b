# Second derivatives by transforms are of the function's own type, numbers in it or not, and of the right sign where they are zero.
import torch
from functorch import grad, hessian, jacfwd, jvp, vmap

w, one = torch.tensor(0.3), torch.tensor(1.0)
for f in [lambda w: w**2, lambda w: (w - 0.1 * w) ** 2, lambda w: 0.1 * w * w, lambda w: (w / 3).exp(), lambda w: torch.nn.functional.softplus(w)]:
    print(hessian(f)(w), grad(grad(f))(w))
print(jvp(grad(lambda w: w**3), (w,), (one,)))
print(jvp(grad(torch.square), (w,), (one,)))

x = torch.tensor([0.0, 1.0, 2.0])
print(hessian(lambda x: torch.sin(x).sum())(x))
print(jacfwd(grad(lambda x: torch.sin(x).sum()))(x))
print(vmap(lambda t: jvp(grad(lambda x: torch.sin(x).sum()), (x,), (t,))[1])(torch.eye(3)))

inputs, targets = torch.ones(3), torch.arange(3.0)


def adapted(w, rate=0.1):
    return w - rate * grad(lambda w: ((inputs * w - targets) ** 2).mean())(w)


print(hessian(lambda w: ((inputs * adapted(w) - targets) ** 2).mean())(w))
