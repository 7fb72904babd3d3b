# torch.autograd.forward_ad: tensors that carry a tangent, and the level at which they do.
from collections import namedtuple
from contextlib import ContextDecorator as _ContextDecorator

UnpackedDualTensor = namedtuple('UnpackedDualTensor', ['primal', 'tangent'], module='torch.autograd.forward_ad')
_current_level = -1


def enter_dual_level():
    global _current_level
    _enter()
    _current_level = 0
    return 0


def exit_dual_level(*, level=None):
    global _current_level
    if level not in (None, _current_level):
        raise RuntimeError('Trying to exit a forward AD level that was not the last one that was created. This is not supported.')
    _exit()
    _current_level = -1


def make_dual(tensor, tangent, *, level=None):
    if not _is_open() or (level is not None and level < 0):
        raise RuntimeError('Trying to create a dual Tensor for forward AD but no level exists, make sure to enter_dual_level() first.')
    if not tensor.is_floating_point():
        raise ValueError(f'Expected primal to be floating point or complex, but got: {tensor.dtype}')
    if not tangent.is_floating_point():
        raise ValueError(f'Expected tangent to be floating point or complex, but got: {tangent.dtype}')
    if level not in (None, 0):
        raise RuntimeError('Invalid level given to _make_dual')
    if _unpack_dual(tangent)[1] is not None:
        raise RuntimeError('Setting a forward grad that itself has a forward gradient at the same level0 is not supported.')
    return _make_dual(tensor, tangent)


def unpack_dual(tensor, *, level=None):
    if not _is_open():
        return UnpackedDualTensor(tensor, None)
    return UnpackedDualTensor(*_unpack_dual(tensor))


class dual_level(_ContextDecorator):
    def __enter__(self):
        return enter_dual_level()

    def __exit__(self, *args):
        exit_dual_level()
