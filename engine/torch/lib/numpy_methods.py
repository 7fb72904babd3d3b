# numpy: what arrays and scalars get as methods and properties, by the names of the functions or by rules of their own.

def _method(name):
    function = globals()[name]
    _give(name, function)


for _name in ('sum mean std var max min argmax argmin all any prod cumsum cumprod ptp dot swapaxes squeeze argsort searchsorted '
              'nonzero take put repeat trace diagonal clip round').split():
    _method(_name)


def _given(name):
    def give(function):
        _give(name, function)
        return function
    return give


@_given('reshape')
def _reshape(self, *shape, order='C'):
    if not shape:
        raise TypeError('reshape() takes exactly 1 argument (0 given)')
    return reshape(self, shape[0] if len(shape) == 1 else shape, order)


@_given('transpose')
def _transpose(self, *axes):
    return transpose(self, None if not axes or axes[0] is None else axes[0] if isinstance(axes[0], (tuple, list)) else axes)


@_given('ravel')
def _ravel(self, order='C'):
    return reshape(self, -1, order)


@_given('flatten')
def _flatten(self, order='C'):
    return reshape(self, -1, order).copy()


@_given('copy')
def _copy(self, order='C'):
    return self if _is_scalar(self) else _array(self)


@_given('astype')
def _as(self, dtype, order='K', casting='unsafe', subok=True, copy=True):
    return _astype(self, dtype)


@_given('fill')
def _fill(self, value):
    self[...] = value


@_given('sort')
def _sort(self, axis=-1, kind=None, order=None):
    self[...] = sort(self, axis)


@_given('view')
def _same(self, dtype=None):
    if dtype is not None and dtype != self.dtype:
        raise NotImplementedError('numpy.ndarray.view(dtype) is not part of nabla: use astype()')
    return self[...]


@_given('conj')
def _conj(self):
    return self


@_given('__abs__')
def _abs(self):
    return absolute(self)


@_given('__round__')
def _round(self, ndigits=None):
    if not _is_scalar(self):
        raise TypeError("type numpy.ndarray doesn't define __round__ method")
    return int(builtins_round(self.item())) if ndigits is None else round(self, ndigits)


@_given('__divmod__')
def _divmod(self, other):
    return self // other, self % other


@_given('__deepcopy__')
def _deepcopy(self, memo=None):
    return self if _is_scalar(self) else _array(self)


@_given('__copy__')
def _shallow(self):
    return self if _is_scalar(self) else _array(self)


@_given('__array__')
def _itself(self, dtype=None):
    return asarray(self, dtype)


@_given('is_integer')
def _is_whole(self):
    return self.item().is_integer()


class flagsobj:
    def __init__(self, array):
        self.c_contiguous = _is_contiguous(array)
        self.f_contiguous = _is_contiguous(array.T)
        self.writeable = True

    def __getitem__(self, name):
        return getattr(self, name.lower())


class _Flat:
    def __init__(self, array):
        self._array = array

    def __iter__(self):
        return iter(self._array.ravel())

    def __len__(self):
        return self._array.size

    def _check(self, key):
        if isinstance(key, int) and not -len(self) <= key < len(self):
            raise IndexError(f'index {key} is out of bounds for size {len(self)}')

    def __getitem__(self, key):
        self._check(key)
        return self._array.ravel()[key]

    def __setitem__(self, key, value):
        self._check(key)
        flat = self._array.ravel()
        flat[key] = value
        if not _shares_memory(flat, self._array):
            self._array[...] = flat.reshape(self._array.shape)


_give('T', property(lambda self: transpose(self)))
_give('flat', property(_Flat))
_give('flags', property(flagsobj))
_give('real', property(lambda self: self))
_give('base', property(lambda self: None))
