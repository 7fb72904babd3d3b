# vmap: a function of one example becomes one of a batch; with grad it gives the gradient of each sample.
import torch

try:
    from torch.func import grad, hessian, jacrev, vmap
except ImportError:
    from functorch import grad, hessian, jacrev, vmap

x = torch.tensor([1.0, 2.0, 3.0])
m = torch.arange(6.0).view(2, 3)
print(vmap(torch.dot)(m, m), vmap(torch.dot, in_dims=(0, None))(m, x))
print(vmap(lambda c: c * 2, in_dims=1)(m), vmap(lambda c: c * 2, in_dims=1, out_dims=1)(m))
print(vmap(vmap(lambda a, b: a * b, in_dims=(None, 0)), in_dims=(0, None))(x, x))
print(vmap(lambda d: (d["a"] + 1, d["a"].sum()))({"a": m}))
w = torch.tensor([1.0, 0.0, -1.0], requires_grad=True)
print(vmap(grad(lambda w, row: (w * row).sum() ** 2), in_dims=(None, 0))(w.detach(), m))
vmap(lambda row: (row * w).sum() ** 2)(m).sum().backward()
print(w.grad, vmap(hessian(lambda r: (r**3).sum()))(m[:, :2]).shape, vmap(jacrev(torch.square))(m).shape)
torch.manual_seed(0)
print(vmap(lambda a: a + torch.rand(2), randomness="same")(torch.zeros(2)))
print(vmap(lambda a: a + torch.rand(2), randomness="different")(torch.zeros(2)))
wrong = [lambda: vmap(lambda a: a)(3), lambda: vmap(torch.add)(x, m), lambda: vmap(lambda a: 3)(x), lambda: vmap(lambda a: a.item())(x),
         lambda: vmap(lambda a: a if a > 1 else -a)(x), lambda: vmap(lambda a: a + torch.rand(1))(x), lambda: vmap(lambda a: a, in_dims=2)(x)]
for call in wrong:
    try:
        call()
    except (RuntimeError, ValueError) as error:
        print(error)
