# Small functions of torch, written over others: made when one is asked for.
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
