# Wrong arguments and results of grad, vjp and jvp: PyTorch's words, with the structures that do not fit.
import torch
try:
    from torch.func import grad, jacfwd, jacrev, jvp, vjp
except ImportError:
    from functorch import grad, jacfwd, jacrev, jvp, vjp

x, y = torch.tensor([1.0, 2.0, 3.0]), torch.tensor([0.5, -1.0, 2.0])
square, both = lambda x: x ** 2, lambda x, y: (x * y).sum()
for call in [lambda: grad(both, argnums=(0, 0))(x, y), lambda: grad(both, argnums=())(x, y), lambda: grad(both, argnums=5)(x, y),
             lambda: vjp(lambda x: 3, x), lambda: vjp(lambda x: None, x), lambda: vjp(lambda x: (), x), lambda: vjp(square, x, has_aux=True),
             lambda: jvp(square, (x,), y), lambda: jvp(square, (x,), (y, y)), lambda: jvp(square, (), ()), lambda: jvp(square, (x,), (y[:2],)),
             lambda: jvp(square, (2.0,), (1.0,)), lambda: jvp(square, x, y), lambda: jacrev(lambda x: 3)(x), lambda: jacfwd(lambda x: 3)(x)]:
    try:
        print(call())
    except RuntimeError as e:
        print(e)
