# A Hessian times a vector, forward over reverse: the tangent of a gradient that has no graph of its own.
import torch
import torch.autograd.forward_ad as fwAD
import torch.nn.functional as F

v = torch.tensor([1.0, 0.5, -2.0], dtype=torch.float64)
functions = {
    "cube": lambda x: x**3, "tanh": torch.tanh, "sigmoid": torch.sigmoid, "gelu": F.gelu, "softplus": F.softplus, "elu": F.elu,
    "norm": lambda x: x.norm(), "logsumexp": lambda x: x.logsumexp(0), "prod": lambda x: x.prod(), "cumprod": lambda x: x.cumprod(0),
    "average": lambda x: F.avg_pool1d(x[None], 2)**2, "bce": lambda x: F.binary_cross_entropy_with_logits(x, torch.ones(3, dtype=x.dtype)),
    "product": lambda x: torch.outer(x, x) @ x,
    "inverse": lambda x: torch.diag(x * x).inverse(),
}
for name, f in functions.items():
    x = torch.tensor([1.3, -2.0, 3.0], dtype=torch.float64, requires_grad=True)
    g, = torch.autograd.grad(f(x).sum(), x, create_graph=True)
    twice, = torch.autograd.grad(g @ v, x)
    with fwAD.dual_level():
        dual = fwAD.make_dual(x, v)
        gradient, = torch.autograd.grad(f(dual).sum(), dual)
        plain, along = fwAD.unpack_dual(gradient)
        print(f"{name:10}", plain, plain.requires_grad, along.requires_grad, torch.allclose(along, twice))
        print(f"{'':10}", along)
net = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.Tanh(), torch.nn.Linear(4, 1))
with fwAD.dual_level():
    for p in net.parameters():
        p.data.fill_(0.1)
    x = torch.tensor([[1.0, 2.0, 3.0]], requires_grad=True)
    net(fwAD.make_dual(x, torch.ones(1, 3))).sum().backward()
    print(net[0].weight.grad, x.grad)
