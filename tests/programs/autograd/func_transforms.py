# torch.func (functorch, before 2.0): functions that make functions.
import torch

try:
    from torch.func import grad, grad_and_value, hessian, jacfwd, jacrev, jvp, vjp
except ImportError:
    from functorch import grad, grad_and_value, hessian, jacfwd, jacrev, jvp, vjp

x = torch.tensor([1.0, 2.0, 3.0])
s = torch.tensor(2.0)
print(grad(torch.sin)(s), grad(grad(torch.sin))(s), grad(grad(grad(torch.sin)))(s))
print(grad_and_value(lambda x: (x**2).sum())(x))
print(grad(lambda x, y: (x * y).sum(), argnums=(0, 1))(x, x + 1))
print(grad(lambda d: (d["a"] * d["b"][0]).sum())({"a": x, "b": [x + 1]}))
print(grad(lambda x: ((x**2).sum(), x * 2), has_aux=True)(x))
out, back = vjp(lambda x, y: (x * y, x.sum()), x, x + 1)
print(out, back((torch.ones(3), torch.tensor(1.0))))
print(jvp(lambda x, y: x * y, (x, x + 1), (torch.ones(3), torch.ones(3))))
print(jacfwd(torch.square)(x), jacrev(lambda x: (x.sum(), x * 2))(x), sep="\n")
print(hessian(lambda x: (x**3).prod())(x))
print(jvp(grad(lambda x: (x**3).sum()), (x,), (torch.ones(3),)))
w = torch.tensor([1.0, 1.0, 2.0], requires_grad=True)
g = grad(lambda x: (x**2 * w).sum())(x)
g.sum().backward()
print(g.requires_grad, w.grad, grad(lambda x: (x**2).sum())(x).requires_grad)
with torch.no_grad():
    print(grad(lambda w: (w**3).sum())(w))
for wrong in [lambda: grad(lambda x: x * 2)(x), lambda: grad(lambda x: 3.0)(x), lambda: grad(torch.sum, argnums=2)(x), lambda: grad(torch.sum)(3.0)]:
    try:
        wrong()
    except (RuntimeError, ValueError) as error:
        print(error)
