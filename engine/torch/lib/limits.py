# torch.finfo and torch.iinfo: what the numbers of a dtype reach.
import torch as _torch

# dtype: bits, eps, smallest normal, largest, resolution
_FLOATS = {
    _torch.float32: (32, 2.0 ** -23, 2.0 ** -126, (2 - 2.0 ** -23) * 2.0 ** 127, 1e-06),
    _torch.float64: (64, 2.0 ** -52, 2.0 ** -1022, (2 - 2.0 ** -52) * 2.0 ** 1023, 1e-15),
}
_INTEGERS = {_torch.uint8: (8, 0), _torch.int8: (8, 1), _torch.int16: (16, 1), _torch.int32: (32, 1), _torch.int64: (64, 1)}


class finfo:
    __module__ = 'torch'

    def __init__(self, type=None):
        dtype = _torch.get_default_dtype() if type is None else type
        if dtype not in _FLOATS:
            raise TypeError('torch.finfo() requires a floating point input type. Use torch.iinfo to handle \'torch.finfo\'')
        self.bits, self.eps, self.tiny, self.max, self.resolution = _FLOATS[dtype]
        self.min, self.smallest_normal, self.dtype = -self.max, self.tiny, str(dtype)[6:]

    def __repr__(self):
        return (f'finfo(resolution={self.resolution:g}, min={self.min:g}, max={self.max:g}, eps={self.eps:g}, '
                f'smallest_normal={self.smallest_normal:g}, tiny={self.tiny:g}, dtype={self.dtype})')


class iinfo:
    __module__ = 'torch'

    def __init__(self, type):
        if type not in _INTEGERS:
            raise TypeError('torch.iinfo() requires an integer input type. Use torch.finfo to handle \'torch.iinfo\'')
        self.bits, signed = _INTEGERS[type]
        half = 2 ** (self.bits - 2) - 1 + 2 ** (self.bits - 2)  # without the step through 2 ** 63
        self.max = half if signed else 2 ** self.bits - 1
        self.min, self.dtype = (-half - 1 if signed else 0), str(type)[6:]

    def __repr__(self):
        return f'iinfo(min={self.min:g}, max={self.max:g}, dtype={self.dtype})'
