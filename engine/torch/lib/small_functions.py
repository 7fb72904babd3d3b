# Small functions of torch, written over others: made when one is asked for.
from builtins import max as _most, range as _count  # torch has its own
import torch as _torch

_NUMBERS = (type(True), type(1), type(1.0))  # bool, int and float are torch's own here


def _stand_in(x):
    if isinstance(x, _NUMBERS):
        return x
    if not isinstance(x, _torch.Tensor):
        raise TypeError(f"result_type(): argument must be Tensor, not {type(x).__name__}")
    return _torch.zeros([1] if x.dim() else [], dtype=x.dtype)


def result_type(tensor, other):
    """The type that tensor + other has."""
    if isinstance(tensor, _NUMBERS) and isinstance(other, _NUMBERS):
        return promote_types(_torch.tensor(tensor).dtype, _torch.tensor(other).dtype)
    return _torch.mul(_stand_in(tensor), _stand_in(other)).dtype


def promote_types(type1, type2):
    """The smallest type that holds what both hold."""
    return _torch.mul(_torch.zeros(1, dtype=type1), _torch.zeros(1, dtype=type2)).dtype


def _kind(dtype):
    return 2 if dtype.is_floating_point else 0 if dtype == _torch.bool else 1


def can_cast(from_, to):
    """May a value of the one type become one of the other, under the rules of promotion?"""
    return _kind(from_) <= _kind(to)


def scalar_tensor(s, *, dtype=None, requires_grad=False):
    return _torch.tensor(s, dtype=dtype or _torch.get_default_dtype(), requires_grad=requires_grad)


def is_nonzero(input):
    if input.numel() != 1:
        raise RuntimeError('Boolean value of Tensor with ' + ('no values' if input.numel() == 0 else 'more than one value') + ' is ambiguous')
    return input.item() != 0


def is_complex(input):
    return False


def is_signed(input):
    return input.is_signed()


def is_same_size(input, other):
    return input.shape == other.shape


def detach(input):
    return input.detach()


def typename(o):
    if isinstance(o, _torch.Tensor):
        return o.type()
    module = getattr(o, '__module__', None)
    name = getattr(o, '__qualname__', None) or getattr(o, '__name__', None) or type(o).__name__
    return name if module in (None, 'builtins', '__builtin__') else f'{module}.{name}'


def broadcast_shapes(*shapes):
    """The shape that tensors of these shapes are broadcast to."""
    lists = [(shape,) if isinstance(shape, _NUMBERS[1]) else shape for shape in shapes]
    result = [1] * _most([len(shape) for shape in lists] + [0])
    for shape in lists:
        if not isinstance(shape, (tuple, list)):
            raise RuntimeError('Input shapes should be of type ints, a tuple of ints, or a list of ints, got ', shape)
        for i in _count(-1, -1 - len(shape), -1):
            if shape[i] < 0:
                raise RuntimeError(f'Trying to create tensor with negative dimension ({shape[i]}): ({shape[i]})')
            if shape[i] != 1 and shape[i] != result[i]:
                if result[i] != 1:
                    raise RuntimeError('Shape mismatch: objects cannot be broadcast to a single shape')
                result[i] = shape[i]
    return _torch.Size(result)


class Angle(_torch.autograd.Function):
    """Pi for what is negative, else zero; so the gradient is zero."""
    _suffix = 'Backward0'

    @staticmethod
    def forward(ctx, input):
        x = input if input.is_floating_point() else input.to(_torch.get_default_dtype())
        return _torch.where(x.isnan(), x, _torch.where(x < 0, _torch.pi, 0.0).to(x.dtype))

    @staticmethod
    def backward(ctx, g):
        return _torch.zeros_like(g)


_Angle = Angle  # named for its node
del Angle


def angle(input):
    return _Angle.apply(input)


class memory_format:
    """How elements lie in memory. That of images by channel is not here."""
    __module__ = 'torch'

    def __init__(self, name):
        self._name = name

    def __repr__(self):
        return self._name


contiguous_format, preserve_format = memory_format('torch.contiguous_format'), memory_format('torch.preserve_format')


def set_anomaly_enabled(*args, **kwargs):
    """As torch.autograd.set_detect_anomaly, of enabled and check_nan."""
    from torch.autograd.anomaly_mode import _set_checked
    given = dict(zip(('enabled', 'check_nan'), args), **kwargs)
    if 'enabled' not in given:
        raise TypeError('set_anomaly_enabled() missing 1 required positional arguments: "enabled"')
    _set_checked(given['enabled'], given.get('check_nan', True))


from torch.amp import autocast


def is_autocast_enabled():
    return False


is_autocast_cpu_enabled = is_autocast_enabled
