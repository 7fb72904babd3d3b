# torch.FloatTensor and its kin: they make tensors of their type, and isinstance() tells which tensors have it.
import torch as _torch


class _tensortype(type):
    def __instancecheck__(cls, instance):
        return isinstance(instance, _torch.Tensor) and instance.dtype == cls.dtype

    def __call__(cls, *args, **kwargs):
        return getattr(_torch, '_' + cls.__name__)(*args, **kwargs)


_tensortype.__name__, _tensortype.__qualname__ = 'torch.tensortype', 'tensortype'  # messages show the first
_tensortype.__module__ = 'torch'


def _legacy_type(name, dtype):
    return _tensortype(name, (), {'__module__': 'torch', 'dtype': dtype, 'layout': _torch.strided, 'is_cuda': False, 'is_sparse': False})


FloatTensor, DoubleTensor = _legacy_type('FloatTensor', _torch.float32), _legacy_type('DoubleTensor', _torch.float64)
LongTensor, IntTensor = _legacy_type('LongTensor', _torch.int64), _legacy_type('IntTensor', _torch.int32)
ShortTensor, CharTensor = _legacy_type('ShortTensor', _torch.int16), _legacy_type('CharTensor', _torch.int8)
ByteTensor, BoolTensor = _legacy_type('ByteTensor', _torch.uint8), _legacy_type('BoolTensor', _torch.bool)
