# torch.func's vmap: runs the function once for each element and stacks what it gives.
from functools import wraps

import torch
from torch._func_trees import _flatten, _like, _structure


def _name(func):
    return getattr(func, '__name__', repr(func))


def _spread(dims, tree):
    """The dims of each leaf of the tree: one for all, or in the tree's own structure. None where the structures differ."""
    if not isinstance(dims, (tuple, list, dict)):
        return [dims] * len(_flatten(tree))
    if isinstance(dims, dict) and isinstance(tree, dict) and list(dims) == list(tree):
        parts = [_spread(dims[key], tree[key]) for key in tree]
    elif isinstance(dims, (tuple, list)) and type(dims) is type(tree) and len(dims) == len(tree):
        parts = [_spread(one, part) for one, part in zip(dims, tree)]
    else:
        return None
    return None if None in parts else [one for part in parts for one in part]


def _check_randomness(randomness):
    if randomness not in ('error', 'different', 'same'):
        raise RuntimeError(f"Only allowed values for randomness are 'error', 'different', or 'same'. Got {randomness}")


def _mapped(func, in_dims, args):
    """The leaves of the arguments, the dimension of each that is mapped, and the size of the batch."""
    here = f'vmap({_name(func)}, in_dims={in_dims}, ...)(<inputs>)'
    if not isinstance(in_dims, (int, tuple)):
        raise ValueError(f'{here}: expected `in_dims` to be int or a (potentially nested) tuple matching the structure of inputs, got: {type(in_dims)}.')
    if not args:
        raise ValueError(f'vmap({_name(func)})(<inputs>): got no inputs. Maybe you forgot to add inputs, or you are trying to vmap over a function with no inputs. '
                         'The latter is unsupported.')
    dims = _spread(in_dims, args)
    if dims is None:
        raise ValueError(f'{here}: in_dims is not compatible with the structure of `inputs`. in_dims has structure {_structure(in_dims)} but inputs has '
                         f'structure {_structure(args)}.')
    leaves = _flatten(args)
    for x, dim in zip(leaves, dims):
        if dim is None:
            continue
        if not isinstance(dim, int):
            raise ValueError(f'{here}: Got in_dim={dim} for an input but in_dim must be either an integer dimension or None.')
        if not isinstance(x, torch.Tensor):
            raise ValueError(f'{here}: Got in_dim={dim} for an input but the input is of type {type(x)}. We cannot vmap over non-Tensor '
                             'arguments, please use None as the respective in_dim')
        if not -x.dim() <= dim < x.dim():
            raise ValueError(f'{here}: Got in_dim={dim} for some input, but that input is a Tensor of dimensionality {x.dim()} so expected '
                             f'in_dim to satisfy -{x.dim()} <= in_dim < {x.dim()}.')
    sizes = [x.size(dim) for x, dim in zip(leaves, dims) if dim is not None]
    if not sizes:
        raise ValueError('vmap: Expected at least one Tensor to vmap over')
    if any(size != sizes[0] for size in sizes):
        raise ValueError(f'vmap: Expected all tensors to have the same size in the mapped dimension, got sizes {sizes} for the mapped dimension')
    return leaves, dims, sizes[0]


def _without(x, dim):
    """An element of an empty batch, to see what comes of one."""
    return torch.zeros([size for d, size in enumerate(x.shape) if d != dim % x.dim()], dtype=x.dtype)


def vmap(func, in_dims=0, out_dims=0, randomness='error', *, chunk_size=None):
    _check_randomness(randomness)
    if chunk_size is not None and not chunk_size > 0:
        raise ValueError(f'vmap: chunk_size should be None or greater than 0. (got {chunk_size})')

    @wraps(func)
    def wrapper(*args, **kwargs):
        for dim in _flatten(out_dims):
            if dim is not None and not isinstance(dim, int):
                raise ValueError(f'vmap({_name(func)}, ..., out_dims={out_dims}): `out_dims` must be an int or a python collection of ints representing where in the '
                                 'outputs the vmapped dimension should appear.')
        leaves, dims, size = _mapped(func, in_dims, args)
        rows = []
        _enter_vmap(randomness == 'error')
        try:
            for i in range(size or 1):
                if randomness == 'same':
                    _repeat_random(i == 0)
                own = [x if dim is None else _batched(x.select(dim, i) if size else _without(x, dim)) for x, dim in zip(leaves, dims)]
                rows.append(func(*_like(args, iter(own)), **kwargs))
                if i == 0:
                    dims_out = _dims_of_outputs(rows[0], out_dims, func)
                _check_random()
        finally:
            _leave_vmap()
        columns = [_flatten(row) for row in rows]
        parts = [leaf if dim is None else torch.stack([row[k] for row in columns][:size] or [leaf], dim) for k, (leaf, dim) in enumerate(zip(columns[0], dims_out))]
        if size == 0:
            parts = [part if dim is None else part.narrow(dim, 0, 0) for part, dim in zip(parts, dims_out)]
        return _like(rows[0], iter(parts))
    return wrapper


def _dims_of_outputs(output, out_dims, func):
    """Where the batch goes in each leaf of the output: called while the batch lasts."""
    lone = isinstance(output, torch.Tensor)
    dims = _spread(out_dims[0] if lone and isinstance(out_dims, tuple) and len(out_dims) == 1 else out_dims, output)
    if dims is None:
        raise ValueError(f'vmap({_name(func)}, ..., out_dims={out_dims})(<inputs>): out_dims is not compatible with the structure of `outputs`. '
                         f'out_dims has structure {_structure(out_dims)} but outputs has structure {_structure(output)}.')
    for leaf, dim in zip(_flatten(output), dims):
        if dim is None and _is_batched(leaf):
            raise ValueError(f'vmap({_name(func)}, ...): `{_name(func)}` can not return a BatchedTensor when out_dim is None')
        if dim is not None and not isinstance(leaf, torch.Tensor):
            raise ValueError(f'vmap({_name(func)}, ...): `{_name(func)}` must only return Tensors, got type {type(leaf)} as a return.')
    return dims
