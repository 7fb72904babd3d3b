# numpy: making arrays, of values, of ranges and grids.

def array(object, dtype=None, *, copy=True, order='K', subok=False, ndmin=0, like=None):
    result = _array(object, dtype, copy)
    while result.ndim < ndmin:
        result = result[None]
    return result


def asarray(a, dtype=None, order=None):
    return _array(a, dtype, False)


asanyarray = asarray


def ascontiguousarray(a, dtype=None):
    a = asarray(a, dtype)
    return a if _is_contiguous(a) else a.copy()


def copy(a, order='K', subok=False):
    return _array(a)


def _size(shape):
    if isinstance(shape, (list, tuple, ndarray)):
        bad = [n for n in shape if not hasattr(n, '__index__')]
        if bad:
            raise TypeError(f"'{type(bad[0]).__name__}' object cannot be interpreted as an integer")
        shape = tuple([n.__index__() for n in shape])
    elif hasattr(shape, '__index__'):
        shape = (shape.__index__(),)
    else:
        raise TypeError(f"expected a sequence of integers or a single integer, got '{shape!r}'")
    if _any([n < 0 for n in shape]):
        raise ValueError('negative dimensions are not allowed')
    return shape


def zeros(shape, dtype=float, order='C'):
    return _made(torch.zeros(_size(shape), dtype=_torch_dtype(dtype)))


def ones(shape, dtype=float, order='C'):
    return _made(torch.ones(_size(shape), dtype=_torch_dtype(dtype)))


empty = zeros


def full(shape, fill_value, dtype=None, order='C'):
    fill_value = asarray(fill_value)
    result = zeros(shape, dtype or fill_value.dtype)
    result[...] = fill_value
    return result


def zeros_like(a, dtype=None, order='K', subok=True, shape=None):
    a = asarray(a)
    return zeros(a.shape if shape is None else shape, dtype or a.dtype)


def ones_like(a, dtype=None, order='K', subok=True, shape=None):
    a = asarray(a)
    return ones(a.shape if shape is None else shape, dtype or a.dtype)


empty_like = zeros_like


def full_like(a, fill_value, dtype=None, order='K', subok=True, shape=None):
    a = asarray(a)
    return full(a.shape if shape is None else shape, fill_value, dtype or a.dtype)


def _made(tensor):
    return _array(tensor, None, False)


def arange(start=None, stop=None, step=None, dtype=None, *, like=None):
    if start is None:
        raise TypeError('arange() requires stop to be specified.')
    if stop is None:
        start, stop = 0, start
    step = 1 if step is None else step
    if step == 0:
        raise ZeroDivisionError('division by zero')
    kind = dtype or _result_dtype([start, stop, step])
    count = builtins_max(math.ceil((stop - start) / step), 0)
    steps = _made(torch.arange(count, dtype=_torch_dtype(kind)))
    if count < 2:
        return (steps + start).astype(kind)
    first = array(start, kind)
    delta = array(start + step, kind) - first
    return (first + steps * delta).astype(kind)


def linspace(start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0):
    if not hasattr(num, '__index__'):
        raise TypeError(f"'{type(num).__name__}' object cannot be interpreted as an integer")
    num = num.__index__()
    if num < 0:
        raise ValueError(f'Number of samples, {num}, must be non-negative.')
    start, stop = asarray(start) * 1.0, asarray(stop) * 1.0
    parts = num - 1 if endpoint else num
    delta = stop - start
    y = arange(0, num).astype(float).reshape((-1,) + (1,) * ndim(delta))
    step = nan
    if parts > 0:
        step = delta / parts
        y = y * step if all(step != 0) else y / parts * delta
    else:
        y = y * delta
    y = y + start
    if endpoint and num > 1:
        y[-1, ...] = stop
    if dtype is not None:
        y = (floor(y) if issubdtype(globals()['dtype'](dtype), integer) else y).astype(dtype)
    return (y, step) if retstep else y


def logspace(start, stop, num=50, endpoint=True, base=10.0, dtype=None, axis=0):
    y = power(base, linspace(start, stop, num, endpoint))
    return y if dtype is None else y.astype(dtype)


def geomspace(start, stop, num=50, endpoint=True, dtype=None, axis=0):
    y = logspace(math.log10(start), math.log10(stop), num, endpoint)
    if num > 0:
        y[0] = start
        if endpoint and num > 1:
            y[-1] = stop
    return y if dtype is None else y.astype(dtype)


def eye(N, M=None, k=0, dtype=float, order='C'):
    result = zeros((N, N if M is None else M), dtype)
    for i in range(builtins_max(-k, 0), builtins_min(N, result.shape[1] - k)):
        result[i, i + k] = 1
    return result


def identity(n, dtype=None):
    return eye(n, dtype=dtype or float)


def diag(v, k=0):
    return _call(torch.diag, asarray(v), k)


def tri(N, M=None, k=0, dtype=float):
    return tril(ones((N, N if M is None else M), dtype), k)


def tril(m, k=0):
    return _call(torch.tril, asarray(m), k)


def triu(m, k=0):
    return _call(torch.triu, asarray(m), k)


def meshgrid(*xi, copy=True, sparse=False, indexing='xy'):
    arrays = [asarray(x).ravel() for x in xi]
    if sparse or len(arrays) == 0:
        raise NotImplementedError('numpy.meshgrid(sparse=True) is not part of nabla')
    shape = [len(x) for x in arrays]
    order = list(range(len(arrays)))
    if indexing == 'xy' and len(arrays) > 1:
        order[:2] = [1, 0]
    elif indexing not in ('xy', 'ij'):
        raise ValueError("Valid values for `indexing` are 'xy' and 'ij'.")
    out = []
    for i, x in enumerate(arrays):
        place = [1] * len(arrays)
        place[order[i]] = -1
        out.append(broadcast_to(x.reshape(place), [shape[order[j]] for j in range(len(order))]).copy())
    return out


def fromfunction(function, shape, *, dtype=float, **kwargs):
    return function(*indices(shape, dtype), **kwargs)


def indices(dimensions, dtype=int):
    return stack(meshgrid(*[arange(n, dtype=dtype) for n in dimensions], indexing='ij'))


def vander(x, N=None, increasing=False):
    x = asarray(x)
    columns = [x ** i for i in range(len(x) if N is None else N)]
    return stack(columns if increasing else columns[::-1], 1)


def fromiter(iter, dtype, count=-1):
    return array(list(iter), dtype)


class _Grid:
    def __getitem__(self, key):
        single = not isinstance(key, tuple)
        axes = []
        for part in (key,) if single else key:
            axes.append(arange(0 if part.start is None else part.start, part.stop, part.step))
        return axes[0] if single else stack(meshgrid(*axes, indexing='ij'))


class _Columns:
    def __init__(self, axis):
        self._axis = axis

    def __getitem__(self, key):
        parts = [asarray(_Grid()[part]) if isinstance(part, slice) else atleast_1d(part) for part in (key if isinstance(key, tuple) else (key,))]
        if self._axis == 1:
            return concatenate([x if x.ndim > 1 else x[:, None] for x in parts], 1)
        return concatenate(parts)


mgrid, c_, r_ = _Grid(), _Columns(1), _Columns(0)
