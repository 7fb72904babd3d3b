# functorch's jacfwd is a jvp under vmap: the function runs once for all columns, and they go through no_grad.
import torch
from functorch import hessian, jacfwd, jacrev, vmap

x = torch.tensor([1.0, 2.0, 3.0])
w = torch.nn.Parameter(torch.tensor([1.0, 2.0, 3.0]))


def f(x):
    with torch.no_grad():
        y = x * 2
    print("once", x)
    return (y * x).sum(), x.sin()


def newton(x):
    for _ in range(3):
        x = x - (x * x - 2) / (2 * x)
    return x


print(jacfwd(f)(x))
print(jacfwd(newton)(x))
print(jacfwd(lambda x, y: x @ y, argnums=(0, 1))(torch.ones(2, 3), x))
print(jacfwd(lambda x: {"a": x.sum(), "b": (x, x * x)})(x))
print(jacfwd(lambda p: p["w"] * p["b"])({"w": x, "b": x[:1]}))
print(jacfwd(lambda x: (x.sum(), {"max": x.max()}), has_aux=True)(x))
print(jacfwd(lambda x: x.argmax())(x), jacfwd(lambda x: torch.ones(2))(x))
print(vmap(jacfwd(lambda x: x**2))(torch.ones(2, 3)))
print(jacfwd(jacfwd(lambda x: x.cumprod(0)))(x).sum(), jacrev(jacfwd(lambda x: x.exp()))(x).diagonal())
j = jacfwd(lambda x: (x * w).sin())(x)
j.sum().backward()
print(j, w.grad)
print(hessian(lambda x: (x**2 * w).sum())(x))
for wrong in lambda x: 3, lambda x: x + torch.rand(3):
    try:
        jacfwd(wrong)(x)
    except RuntimeError as error:
        print(error)
