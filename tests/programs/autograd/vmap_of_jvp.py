# Forward mode inside of vmap and around it: values, tangents and what is saved belong to each element.
import torch

try:
    from torch.func import grad, jacfwd, jvp, vmap
except ImportError:
    from functorch import grad, jacfwd, jvp, vmap

x = torch.tensor([[1.0, 2.0, 3.0], [2.0, 4.0, 6.0]])


def changed(a):
    b = a.clone()
    b.mul_(a)
    b[0] = a[1]
    return b


print(vmap(lambda a, v: jvp(changed, (a,), (v,)))(x, x.flip(1)))
print(vmap(grad(lambda a: jvp(changed, (a,), (a,))[1].sum()))(x))
print(vmap(lambda v: jvp(torch.exp, (x[0],), (v,))[1])(torch.eye(3)), vmap(jacfwd(torch.sigmoid))(x))
print(jvp(vmap(lambda a: (a.softmax(0) * a).sum()), (x,), (x,)))
