# What vmap says of wrong dimensions, of sizes that depend on the data, of tensors from outside and of random numbers.
import torch
try:
    from torch.func import vmap
except ImportError:
    from functorch import vmap

x, m, outside = torch.tensor([1.0, 2.0, 3.0]), torch.arange(6.0).view(2, 3), torch.zeros(3)


def same(a):
    return a


for call in [
    lambda: vmap(same, in_dims=[0])(x), lambda: vmap(same, in_dims=(None,))(x), lambda: vmap(same, in_dims=("a",))(x), lambda: vmap(same, in_dims=(0, 0))(x),
    lambda: vmap(same, in_dims=([0],))((x,)), lambda: vmap(same)(), lambda: vmap(same, in_dims=3)(m), lambda: vmap(same)([x, m]), lambda: vmap(same, out_dims=1.0)(x),
    lambda: vmap(same, out_dims=(0, 0))(x), lambda: vmap(lambda a: (a, a), out_dims=[0, 0])(x), lambda: vmap(lambda a: (a, 1))(x), lambda: vmap(same, out_dims=2)(m),
    lambda: vmap(lambda a: m[a])(torch.tensor([0, 1])), lambda: vmap(lambda a: torch.tensor([a, a]))(x), lambda: vmap(lambda a: a.tolist())(x),
    lambda: vmap(lambda a: range(a))(x.long()), lambda: vmap(lambda a: a[a > 1])(m), lambda: vmap(torch.nonzero)(m), lambda: vmap(torch.unique)(m),
    lambda: vmap(lambda a: a.masked_select(a > 1))(m), lambda: vmap(lambda a: torch.allclose(a, a))(m), lambda: vmap(lambda a: torch.equal(a, a))(m),
    lambda: vmap(lambda a: outside.mul_(a))(m), lambda: vmap(lambda a: outside.__setitem__(0, a[0]))(m),
    lambda: vmap(lambda a: outside.fill_(a[0]))(m), lambda: vmap(lambda a: torch.dropout(a, 0.5, True))(m), lambda: vmap(lambda a: a.clone().normal_())(m),
    lambda: vmap(lambda a: a.requires_grad_())(m), lambda: vmap(lambda a: a.sum().backward())(m),
]:
    try:
        print(call())
    except (RuntimeError, ValueError, IndexError) as error:
        print(error)
print(outside, vmap(lambda a: a.add_(outside))(m.clone()), vmap(lambda a: a.new_zeros(3) + a)(m), vmap(lambda a: a.new_zeros(3).mul_(a))(m))
print(vmap(torch.sum)(torch.zeros(0, 3)), vmap(same, out_dims=1)(torch.zeros(0, 3)).shape, vmap(lambda a, b: a + b)(x[:2], b=x), vmap(same).__name__)
