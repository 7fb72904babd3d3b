# What printing shows inside torch.func's transforms: tensors are wrapped, once for each level.
import torch
from functorch import grad, hessian, jacrev, jvp, vjp

x = torch.tensor([1.0, 2.0, 3.0])
w = torch.tensor([1.0, 2.0, 4.0], requires_grad=True)


def loss(x):
    print(x, w)
    y = x * w
    print(y, (x * 2).sum(), x > 1, torch.ones(2), x.detach())
    print(f"{x.sum():.2f} {x.sum().item()} {x.shape} {x.requires_grad}")
    return (y * y).sum()


def square(x):
    print([x])
    return x**2


print(grad(loss)(x))
print(jacrev(square)(x))
print(jvp(square, (x,), (x,)))
print(vjp(square, x)[0])
print(grad(square)(torch.tensor(3.0, requires_grad=True)))
print(grad(grad(square))(torch.tensor(3.0)))
hessian(lambda x: square(x).sum())(x)
grad(lambda p, q: square(p["w"] * q).sum(), argnums=(0, 1))({"w": x}, x)
print(x, w * 2)
