# vmap against a loop: each operator, its first and second derivatives and its tangent, on three elements.
import warnings

import torch
from torch.func import grad, jvp, vmap

warnings.simplefilter('ignore')
SIZE = 3
REFUSED = 'vmap', 'Batching rule', 'as_strided'  # what PyTorch has no rule for
DYNAMIC = 'repeat_interleave', 'masked_scatter'  # the size of a result, or of a gradient's part, depends on the elements
counts = {'agree': 0, 'refused': 0}


# ---- the words in which an operator's samples are written

def f(*sizes):
    x = torch.rand(sizes, dtype=torch.float64) * 2 - 1
    return torch.where(x.abs() < 0.1, x + 0.3, x)


def p(*sizes):
    return torch.rand(sizes, dtype=torch.float64) + 0.2


def i(*sizes):
    return torch.randint(0, 3, sizes)


def b(*sizes):
    return torch.rand(sizes) > 0.5


def sample(*args, **kwargs):
    return list(args), kwargs


# ---- the comparison

def flat(tree):
    if isinstance(tree, dict):
        tree = list(tree.values())
    return [leaf for part in tree for leaf in flat(part)] if isinstance(tree, (list, tuple)) else [tree]


def like(tree, leaves):
    if isinstance(tree, dict):
        return {key: like(value, leaves) for key, value in tree.items()}
    if isinstance(tree, (list, tuple)):
        return [like(part, leaves) for part in tree] if isinstance(tree, list) else tuple([like(part, leaves) for part in tree])
    return next(leaves)


def same(a, b):
    return a.shape == b.shape and a.dtype == b.dtype and torch.allclose(a.double(), b.double(), rtol=1e-10, atol=1e-12, equal_nan=True)


def functions(operator, samples):
    """What is compared, each a function of the tensors of a sample; and the tensors of each sample."""
    leaves = [flat(one) for one in samples]
    which = [k for k, leaf in enumerate(leaves[0]) if isinstance(leaf, torch.Tensor)]
    floats = tuple(n for n, k in enumerate(which) if leaves[0][k].is_floating_point())

    def value(*tensors):
        own = list(leaves[0])
        for k, x in zip(which, tensors):
            own[k] = x
        args, kwargs = like(samples[0], iter(own))
        return [out for out in flat(operator(*args, **kwargs)) if isinstance(out, torch.Tensor)]

    def loss(*tensors):
        return sum([((out + 0.3) ** 2 * (n + 1)).sum() for n, out in enumerate(value(*tensors)) if out.is_floating_point()])

    def first(*tensors):
        return grad(loss, floats)(*tensors)

    def second(*tensors):
        return grad(lambda *xs: sum([(g * g).sum() for g in first(*xs)]), floats)(*tensors)

    def tangent(*tensors):
        def of_floats(*xs):
            own = list(tensors)
            for n, x in zip(floats, xs):
                own[n] = x
            return tuple([out for out in value(*own) if out.is_floating_point()])
        xs = tuple([tensors[n] for n in floats])
        return list(jvp(of_floats, xs, tuple([x.cos() for x in xs]))[1])

    rows = [[row[k] for k in which] for row in leaves]
    return ([value, first, second, tangent] if floats else [value]) if which else [], rows


def check(name, operator, make):
    torch.manual_seed(3)
    found, rows = functions(operator, [make() for _ in range(SIZE)])
    for function in found:
        try:
            expected = [flat(function(*row)) for row in rows]
        except Exception:
            continue  # it is not differentiable, or not twice
        try:
            got = flat(vmap(function)(*[torch.stack(column) for column in zip(*rows)]))
        except RuntimeError as error:
            if not any([word in str(error) for word in REFUSED]) and not name.startswith(DYNAMIC):
                print('fails:', name, function.__name__, error)
            counts['refused'] += 1
            continue
        if all([same(x, torch.stack(parts)) for x, *parts in zip(got, *expected)]):
            counts['agree'] += 1
        else:
            print('differs:', name, function.__name__)
