# An autograd.Function inside of torch.func's transforms: its rule for vmap, which gets all elements of the batch at once.
from collections import namedtuple

import torch
from torch._func_trees import _flatten, _like, _map, _spread, _structure
from torch._func_vmap import _batch_of, _below, _in_lane, _put_together, _set_lanes, _take_apart
from torch.autograd.function import Function

_NOTES = 'For more details, please see https://pytorch.org/docs/main/notes/extending.func.html'

_Batch = namedtuple('_Batch', ('vmap', 'size', 'randomness', 'is_tracked'))
VmapInfo = namedtuple('VmapInfo', ('batch_size', 'randomness'))


def check_apart(apart):
    if not apart:
        raise RuntimeError('In order to use an autograd.Function with functorch transforms (vmap, grad, jvp, jacrev, ...), it must override the setup_context '
                           f'staticmethod. {_NOTES}')


def batch_of(cls, args):
    """The innermost batch of which an argument is an element; None where none is."""
    batch = _batch_of([arg for arg in _flatten(args) if isinstance(arg, torch.Tensor)])
    if batch is None:
        return None
    has_rule = cls.vmap is not Function.vmap
    if cls.generate_vmap_rule and has_rule:
        raise RuntimeError(f'You tried to vmap over {cls.__name__}, but it has both generate_vmap_rule=True and an overriden vmap staticmethod. Please set '
                           f'generate_vmap_rule=False or delete the overriden vmap staticmethod to avoid ambiguity. {_NOTES}')
    if not cls.generate_vmap_rule and not has_rule:
        raise RuntimeError(f'You tried to vmap over {cls.__name__}, but it does not have vmap support. Please override and implement the vmap staticmethod or set '
                           f'generate_vmap_rule=True. {_NOTES}')
    return _Batch(*batch)


class _Below:
    """Elements of the batches from this one on stand for themselves."""

    def __init__(self, vmap):
        self.vmap = vmap

    def __enter__(self):
        self.before = _below(self.vmap)

    def __exit__(self, *error):
        _below(self.before, True)


def in_each(cls, batch, args, first=0):
    """The outputs of the Function in each element, one after another."""
    with _Below(batch.vmap):
        return [cls.apply(*_map(lambda arg: _in_lane(arg, batch.vmap, i), args)) for i in range(first, batch.size)]


def gather(outputs, others, vmap):
    """Makes outputs the first element of a batch with the others."""
    for out, *rest in zip(_flatten(outputs), *map(_flatten, others)):
        if isinstance(out, torch.Tensor):
            _set_lanes(out, vmap, rest)
    return outputs


def for_batch(cls, batch, args, tracked):
    """What forward gives for the first element, which belongs to the batch of what it gives for the others. `tracked`: these have a history for outer levels."""
    if not cls.generate_vmap_rule:
        return by_rule(cls, batch, args, tracked)
    outputs = cls.forward(*args)
    if tracked:
        with torch.enable_grad():
            gather(outputs, in_each(cls, batch, args, 1), batch.vmap)
    return outputs


def by_rule(cls, batch, args, tracked):
    """The same by the Function's own rule."""
    leaves = _flatten(args)
    pairs = [_put_together(x, batch.vmap) if isinstance(x, torch.Tensor) else (x, None) for x in leaves]
    with _Below(batch.vmap), torch.set_grad_enabled(tracked):
        result = cls.vmap(VmapInfo(batch.size, batch.randomness), _like(args, iter([dim for _, dim in pairs])), *_like(args, iter([x for x, _ in pairs])))
    expected = 'Expected the vmap staticmethod to have two returns, an output and out_dims with pytree structure compatible with the output. '
    if not isinstance(result, tuple):
        raise RuntimeError(f'{expected}Got a {type(result)} instead')
    if len(result) != 2:
        raise RuntimeError(f'{expected}Got {len(result)} returns instead')
    outputs, out_dims = result
    dims = _spread(out_dims, outputs)
    if dims is None:
        raise RuntimeError(f"The autograd.Function's vmap staticmethod returned an incompatible (output, out_dims) tuple. Expected out_dims={out_dims} to be "
                           f'compatible with the structure of `output`. out_dims has structure {_structure(out_dims)} but output has structure '
                           f'{_structure(outputs)}. {_NOTES}')

    def element(out, dim):
        if dim is None or not isinstance(out, torch.Tensor):
            return out
        same = next((x for x, (whole, _) in zip(leaves, pairs) if whole is out), None)
        return _take_apart(out, dim % out.dim(), batch.vmap, batch.is_tracked) if same is None else same
    return _like(outputs, iter([element(out, dim) for out, dim in zip(_flatten(outputs), dims)]))
