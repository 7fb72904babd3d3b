# torch.func's vmap: the function is run once, on the first element, and each operator in it for all of them (transforms.cpp).
from functools import wraps

import torch
from torch._func_trees import _flatten, _like, _spread, _structure


def _name(func):
    return getattr(func, '__name__', repr(func))


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


def _one_of_none(x, dim):
    """An empty batch gets an element, to see what comes of one."""
    return torch.zeros([1 if d == dim % x.dim() else size for d, size in enumerate(x.shape)], dtype=x.dtype)


def _whole(leaf, dim, size, at_least):
    """What leaves the batch: all elements, along the dimension."""
    if dim is None:
        return leaf
    found = _put_together(leaf)
    if found is None:
        at = dim if dim >= 0 else dim % (leaf.dim() + 1)
        return leaf.expand(*leaf.shape[:at], size, *leaf.shape[at:])
    whole, place = found
    if size < at_least:
        whole = whole.narrow(place, 0, size)
    return whole if dim in (place, place - whole.dim()) else whole.movedim(place, dim)


def _run(func, leaves, dims, size, args, kwargs, out_dims, randomness):
    _enter_vmap(max(size, 1), randomness)
    try:
        own = [x if dim is None else _take_apart(x if size else _one_of_none(x, dim), dim % x.dim()) for x, dim in zip(leaves, dims)]
        output = func(*_like(args, iter(own)), **kwargs)
        dims_out = _dims_of_outputs(output, out_dims, func)
        _check_random()
        return _like(output, iter([_whole(leaf, dim, size, max(size, 1)) for leaf, dim in zip(_flatten(output), dims_out)])), dims_out
    finally:
        _leave_vmap()


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
        if chunk_size is None or chunk_size >= size:
            return _run(func, leaves, dims, size, args, kwargs, out_dims, randomness)[0]
        chunks = []
        for start in range(0, size, chunk_size):
            count = min(chunk_size, size - start)
            chunk = [x if dim is None else x.narrow(dim, start, count) for x, dim in zip(leaves, dims)]
            output, dims_out = _run(func, chunk, dims, count, args, kwargs, out_dims, randomness)
            chunks.append(_flatten(output))
        return _like(output, iter([parts[0] if dim is None else torch.cat(parts, dim) for dim, parts in zip(dims_out, zip(*chunks))]))
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
