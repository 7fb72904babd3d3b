# numpy: its functions over PyTorch's operators, and the methods of its arrays. The classes, signs, subscripts and printing are C++
# (engine/torch/numpy), as are the names with an underscore that are not defined here. Order: the tables of names, making, reducing,
# shaping, joining, searching, products, the rest, and last what the arrays get as methods.
import math

import torch

bool8, float_, int_, double, single, intc, byte, ubyte, short = bool_, float64, int64, float64, float32, int32, int8, uint8, int16
pi, e, inf, nan, euler_gamma, newaxis = math.pi, math.e, math.inf, math.nan, 0.5772156649015329, None
Inf = Infinity = PINF = inf
NINF, NaN, NAN = -inf, nan, nan
__version__ = '1.24.2'


class AxisError(ValueError, IndexError):
    __module__ = 'numpy'


class _UFuncOutputCastingError(TypeError):
    __module__ = 'numpy.core._exceptions'


class _UFuncNoLoopError(TypeError):
    __module__ = 'numpy.core._exceptions'


_UFuncOutputCastingError.__name__ = _UFuncNoLoopError.__name__ = 'UFuncTypeError'


# ---- one list of names: numpy's functions of elements, and PyTorch's of the same

class ufunc:
    __module__ = 'numpy'

    def __init__(self, name, function, to_float, count, sign=None):
        self.__name__, self._function, self._to_float, self._count, self._sign = name, function, to_float, count, sign

    def __repr__(self):
        return f"<ufunc '{self.__name__}'>"

    def __call__(self, *args, out=None, where=True, dtype=None):
        if len(args) == self._count + 1 and out is None:
            args, out = args[:-1], args[-1]
        if _any([isinstance(x, str) for x in args]):
            raise TypeError(f"ufunc '{self.__name__}' not supported for the input types, and the inputs could not be safely coerced to any supported types "
                            "according to the casting rule ''safe''")
        if len(args) != self._count:
            raise TypeError(f'{self.__name__}() takes from {self._count} to {self._count + 1} positional arguments but {len(args)} were given')
        if self._count == 1 and isinstance(args[0], torch.Tensor):
            return torch.from_numpy(asarray(self(args[0].numpy())))
        if dtype is not None:
            args = [asarray(x, dtype) for x in args]
        if self._sign:
            args = [x if isinstance(x, (ndarray, generic, torch.Tensor)) else array(x) for x in args]
            args = [x.numpy() if isinstance(x, torch.Tensor) else x for x in args]
            result = self._sign(*args)
        else:
            result = _ufunc(self.__name__, self._function, args, self._to_float)
        if where is not True:
            result = globals()['where'](where, result, out if out is not None else zeros_like(result))
        if out is None:
            return result
        out = out[0] if isinstance(out, tuple) else out
        out[...] = result
        return out

    def reduce(self, a, axis=0):
        return {'add': sum, 'multiply': prod, 'maximum': max, 'minimum': min, 'logical_and': all, 'logical_or': any}[self.__name__](a, axis)

    def accumulate(self, a, axis=0):
        return {'add': cumsum, 'multiply': cumprod, 'maximum': _running(torch.cummax), 'minimum': _running(torch.cummin)}[self.__name__](a, axis)

    def outer(self, a, b):
        a, b = asarray(a), asarray(b)
        return self(a.reshape(a.shape + (1,) * b.ndim), b)

    def at(self, a, indices, b):
        for i, value in zip(indices, broadcast_to(b, (len(indices),))):
            a[i] = self(a[i], value)


def _running(function):
    return lambda a, axis: _call(function, asarray(a), axis)[0]


for _to_float, _count, _names in (
        (True, 1, 'sin cos tan sinh cosh tanh exp exp2 expm1 log log2 log10 log1p sqrt rint=round deg2rad rad2deg radians=deg2rad degrees=rad2deg '
                  'arcsin=asin arccos=acos arctan=atan arcsinh=asinh arccosh=acosh arctanh=atanh fabs=abs'),
        (False, 1, 'absolute=abs sign square logical_not signbit floor ceil trunc positive bitwise_not'),
        (True, 2, 'arctan2=atan2 hypot logaddexp copysign nextafter fmod'),
        (False, 2, 'maximum minimum fmax fmin logical_and logical_or logical_xor gcd lcm')):
    for _name in _names.split():
        _name, _, _other = _name.partition('=')
        globals()[_name] = ufunc(_name, getattr(torch, _other or _name), _to_float, _count)
for _name, _sign in {
        'add': lambda x, y: x + y, 'subtract': lambda x, y: x - y, 'multiply': lambda x, y: x * y, 'divide': lambda x, y: x / y,
        'floor_divide': lambda x, y: x // y, 'remainder': lambda x, y: x % y, 'power': lambda x, y: x ** y, 'matmul': lambda x, y: x @ y,
        'less': lambda x, y: x < y, 'less_equal': lambda x, y: x <= y, 'equal': lambda x, y: x == y, 'not_equal': lambda x, y: x != y,
        'greater': lambda x, y: x > y, 'greater_equal': lambda x, y: x >= y, 'bitwise_and': lambda x, y: x & y,
        'bitwise_or': lambda x, y: x | y, 'bitwise_xor': lambda x, y: x ^ y, 'left_shift': lambda x, y: x << y, 'right_shift': lambda x, y: x >> y}.items():
    globals()[_name] = ufunc(_name, None, False, 2, _sign)
negative = ufunc('negative', None, False, 1, lambda x: -x)
invert = ufunc('invert', None, False, 1, lambda x: ~x)
reciprocal = ufunc('reciprocal', None, False, 1, lambda x: 1 // x if issubdtype(x.dtype, integer) else 1 / x)
cbrt = ufunc('cbrt', None, False, 1, lambda x: sign(x) * absolute(x) ** (1 / 3))
isnan = ufunc('isnan', torch.isnan, True, 1)
isinf = ufunc('isinf', torch.isinf, True, 1)
isfinite = ufunc('isfinite', torch.isfinite, True, 1)
abs, mod, true_divide, float_power, conjugate = absolute, remainder, divide, power, positive


_FORMER = {'int': 'Doing this will not modify any behavior and is safe. When replacing `np.int`, you may wish to use e.g. `np.int64` or `np.int32` to specify the precision. '
                  'If you wish to review your current use, check the release note link for additional information.',
           'float': 'Doing this will not modify any behavior and is safe. If you specifically wanted the numpy scalar type, use `np.float64` here.',
           'bool': 'Doing this will not modify any behavior and is safe. If you specifically wanted the numpy scalar type, use `np.bool_` here.'}


def _former(name):
    """numpy 1.24 took these names away, and says so."""
    if name in _FORMER:
        raise AttributeError(f"module 'numpy' has no attribute '{name}'.\n`np.{name}` was a deprecated alias for the builtin `{name}`. To avoid this error in existing code, use "
                             f'`{name}` by itself. {_FORMER[name]}\nThe aliases was originally deprecated in NumPy 1.20; for more details and guidance see the original release note at:\n'
                             '    https://numpy.org/devdocs/release/1.20.0-notes.html#deprecations')


# ---- making

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
        raise TypeError(f"'{type(shape).__name__}' object cannot be interpreted as an integer")
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


# ---- reducing

def _axes(axis, ndim):
    axes = tuple(range(ndim)) if axis is None else axis if isinstance(axis, tuple) else (axis,)
    for one in axes:
        if not -ndim <= one < ndim:
            raise AxisError(f'axis {one} is out of bounds for array of dimension {ndim}')
    return tuple(sorted({int(one) % ndim for one in axes})) if ndim else ()


def _finish(result, out, dtype=None):
    if dtype is not None:
        result = result.astype(dtype)
    if out is None:
        return result
    out[...] = result
    return out


def sum(a, axis=None, dtype=None, out=None, keepdims=False, initial=0, where=None):
    a = asarray(a) if where is None else globals()['where'](where, a, 0)
    a = a if dtype is None else a.astype(dtype)
    axes = _axes(axis, a.ndim)
    kept = tuple(1 if i in axes else n for i, n in enumerate(a.shape))
    if not issubdtype(a.dtype, floating):
        result = _call(torch.sum, a, axes) if axes else a.astype(int64)[()]
    elif len(axes) == a.ndim and a.ndim > 1 and _is_contiguous(a):
        result = _sum(a.reshape(-1), 0)
    elif axes:
        result = a
        for i in axes[::-1]:
            result = _sum(asarray(result), i)
    else:
        result = a[()]
    if keepdims:
        result = asarray(result).reshape(kept)
    return _finish(result if initial == 0 else result + initial, out)


def _count(a, axis):
    n = 1
    for i in _axes(axis, a.ndim):
        n *= a.shape[i]
    return n


def mean(a, axis=None, dtype=None, out=None, keepdims=False, where=None):
    a = asarray(a)
    a = a if issubdtype(a.dtype, floating) else a.astype(float64)
    n = _count(a, axis)
    if n == 0:
        import warnings
        warnings.warn('Mean of empty slice.', RuntimeWarning)
    return _finish(sum(a, axis, dtype, keepdims=keepdims) / array(n, a.dtype), out)


def average(a, axis=None, weights=None, returned=False, keepdims=False):
    if weights is None:
        return mean(a, axis, keepdims=keepdims)
    a, weights = asarray(a), asarray(weights)
    if weights.shape != a.shape and weights.ndim == 1 and axis is not None:
        weights = weights.reshape([-1 if i == axis % a.ndim else 1 for i in range(a.ndim)])
    total = sum(weights * ones_like(a, float), axis, keepdims=keepdims)
    result = sum(a * weights, axis, keepdims=keepdims) / total
    return (result, total) if returned else result


def var(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False):
    a = asarray(a) if dtype is None else asarray(a, dtype)
    centred = a - mean(a, axis, keepdims=True)
    n = builtins_max(_count(a, axis) - ddof, 0)
    return _finish(sum(centred * centred, axis, keepdims=keepdims) / array(n, centred.dtype), out)


def std(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False):
    return _finish(sqrt(var(a, axis, dtype, None, ddof, keepdims)), out)


def _extreme(name, function):
    def reduced(a, axis=None, out=None, keepdims=False, initial=None, where=None):
        a = asarray(a)
        axes = _axes(axis, a.ndim)
        if _count(a, axis) == 0:
            raise ValueError(f'zero-size array to reduction operation {name} which has no identity')
        return _finish(_call(function, a, axes, keepdims) if axes else a[()], out)
    return reduced


def _truth(function):
    def reduced(a, axis=None, out=None, keepdims=False, where=None):
        a = asarray(a).astype(bool)
        for i in _axes(axis, a.ndim)[::-1]:
            a = _call(function, asarray(a), i, keepdims)
        return _finish(a if isinstance(a, generic) else a[()] if a.ndim == 0 else a, out)
    return reduced


def _place(function):
    def found(a, axis=None, out=None, keepdims=False):
        a = asarray(a)
        if a.size == 0:
            raise ValueError(f'attempt to get {function.__name__} of an empty sequence')
        if axis is not None:
            _axes(axis, a.ndim)
        return _finish(_call(function, a.astype(int64) if a.dtype == bool else a, axis, keepdims), out)
    return found


amax = max = _extreme('maximum', torch.amax)
amin = min = _extreme('minimum', torch.amin)
all, any = _truth(torch.all), _truth(torch.any)
argmax, argmin = _place(torch.argmax), _place(torch.argmin)


def _builtin(name):
    import builtins
    return getattr(builtins, name)


builtins_max, builtins_min, builtins_abs, builtins_round = _builtin('max'), _builtin('min'), _builtin('abs'), _builtin('round')
_any, builtins_all = _builtin('any'), _builtin('all')


def ptp(a, axis=None, out=None, keepdims=False):
    return _finish(max(a, axis, keepdims=keepdims) - min(a, axis, keepdims=keepdims), out)


def prod(a, axis=None, dtype=None, out=None, keepdims=False):
    a = asarray(a) if dtype is None else asarray(a, dtype)
    result = a
    for i in _axes(axis, a.ndim)[::-1]:
        result = _call(torch.prod, asarray(result), i, keepdims)
    return _finish(result, out)


def _cumulative(function):
    def along(a, axis=None, dtype=None, out=None):
        a = asarray(a) if dtype is None else asarray(a, dtype)
        if axis is None:
            a, axis = a.ravel(), 0
        return _finish(_call(function, a, _axes(axis, a.ndim)[0]), out)
    return along


cumsum, cumprod = _cumulative(torch.cumsum), _cumulative(torch.cumprod)


def median(a, axis=None, out=None, overwrite_input=False, keepdims=False):
    return quantile(a, 0.5, axis, keepdims=keepdims)


def quantile(a, q, axis=None, out=None, overwrite_input=False, method='linear', keepdims=False):
    a = asarray(a)
    a = a if issubdtype(a.dtype, floating) else a.astype(float64)
    q = asarray(q, float64)
    if not all((q >= 0) & (q <= 1)):
        raise ValueError('Quantiles must be in the range [0, 1]')
    return _call(torch.quantile, a, q.astype(a.dtype), axis, keepdims, interpolation=method)


def percentile(a, q, axis=None, out=None, overwrite_input=False, method='linear', keepdims=False):
    q = asarray(q) / 100.0
    if not all((q >= 0) & (q <= 1)):
        raise ValueError('Percentiles must be in the range [0, 100]')
    return quantile(a, q, axis, method=method, keepdims=keepdims)


def count_nonzero(a, axis=None, *, keepdims=False):
    count = sum(asarray(a) != 0, axis, keepdims=keepdims)
    return int(count) if axis is None and not keepdims else count


def _skipping(function, fill, counted=False):
    def skipped(a, axis=None, **options):
        a = asarray(a, float) if not isinstance(a, ndarray) else a
        if counted:
            kept = sum(~isnan(a), axis)
            return sum(where(isnan(a), 0.0, a), axis) / kept
        return function(where(isnan(a), fill, a), axis, **options)
    return skipped


nansum, nanmax, nanmin = _skipping(sum, 0.0), _skipping(max, -inf), _skipping(min, inf)
nanmean = _skipping(None, 0.0, True)


# ---- shaping

def ndim(a):
    return asarray(a).ndim


def shape(a):
    return asarray(a).shape


def size(a, axis=None):
    return asarray(a).size if axis is None else asarray(a).shape[axis]


def reshape(a, newshape, order='C'):
    a = asarray(a)
    shape = [int(n) for n in newshape] if isinstance(newshape, (tuple, list, ndarray)) else [int(newshape)]
    known = 1
    for n in shape:
        known *= n if n != -1 else 1
    free = shape.count(-1)
    if free > 1:
        raise ValueError('can only specify one unknown dimension')
    if (free and (known == 0 or a.size % known)) or (not free and known != a.size):
        text = _free_text(shape) if free else _plain_shape(shape)
        raise ValueError(f'cannot reshape array of size {a.size} into shape {text}')
    if order == 'F':
        return reshape(a.T, shape[::-1]).T
    return _view(torch.reshape, a, shape)


def _free_text(shape):
    known = shape[1:] if shape[0] == -1 else shape
    parts = ['newaxis' if n == -1 else str(n) for n in known]
    return '(' + ','.join(parts) + (',)' if len(parts) == 1 and shape[0] != -1 else ')')


def _view(function, a, *args):
    """A function of PyTorch's that gives a view: of 0-d arrays too an array, no scalar."""
    return _made(function(_tensor(a), *args))


def ravel(a, order='C'):
    return reshape(a, -1, order)


def transpose(a, axes=None):
    a = asarray(a)
    if axes is not None and len(axes) != a.ndim:
        raise ValueError("axes don't match array")
    return _view(torch.permute, a, tuple(range(a.ndim))[::-1] if axes is None else tuple(axes))


def swapaxes(a, axis1, axis2):
    a = asarray(a)
    for name, axis in (('axis1', axis1), ('axis2', axis2)):
        if not -a.ndim <= axis < a.ndim:
            raise AxisError(f'{name}: axis {axis} is out of bounds for array of dimension {a.ndim}')
    return _view(torch.transpose, a, _axes(axis1, a.ndim)[0], _axes(axis2, a.ndim)[0])


def moveaxis(a, source, destination):
    return _view(torch.movedim, asarray(a), source, destination)


def squeeze(a, axis=None):
    a = asarray(a)
    if axis is None:
        return _view(torch.squeeze, a)
    for i in _axes(axis, a.ndim)[::-1]:
        if a.shape[i] != 1:
            raise ValueError('cannot select an axis to squeeze out which has size not equal to one')
        a = _view(torch.squeeze, a, i)
    return a


def expand_dims(a, axis):
    a = asarray(a)
    for i in sorted(axis) if isinstance(axis, (tuple, list)) else [axis]:
        _axes(i, a.ndim + 1)
        a = _view(torch.unsqueeze, a, i)
    return a


def atleast_1d(*arys):
    out = [x if x.ndim else x.reshape(1) for x in [asarray(a) for a in arys]]
    return out[0] if len(out) == 1 else out


def atleast_2d(*arys):
    out = [x if x.ndim > 1 else x.reshape(1, -1) for x in [asarray(a) for a in arys]]
    return out[0] if len(out) == 1 else out


def broadcast_to(array, shape, subok=False):
    array = asarray(array)
    shape = _size(shape)
    try:
        return _view(torch.broadcast_to, array, shape)
    except RuntimeError:
        raise ValueError(f'operands could not be broadcast together with remapped shapes [original->remapped]: {_plain_shape(array.shape)}  and requested shape {_plain_shape(shape)}') from None


def _plain_shape(shape):
    return '(' + ','.join([str(n) for n in shape]) + (',)' if len(shape) == 1 else ')')


def broadcast_arrays(*args):
    args = [asarray(a) for a in args]
    shape = (zeros(args[0].shape) if len(args) == 1 else _broadcast(args)).shape
    return [broadcast_to(a, shape) for a in args]


def _broadcast(args):
    total = zeros(args[0].shape)
    for a in args[1:]:
        total = total + zeros(a.shape)
    return total


def flip(m, axis=None):
    m = asarray(m)
    axes = _axes(axis, m.ndim)
    return m[tuple(slice(None, None, -1) if i in axes else slice(None) for i in range(m.ndim))]


def fliplr(m):
    return flip(m, 1)


def flipud(m):
    return flip(m, 0)


def roll(a, shift, axis=None):
    a = asarray(a)
    return reshape(_call(torch.roll, a.ravel(), shift, 0), a.shape) if axis is None else _call(torch.roll, a, shift, axis)


def rot90(m, k=1, axes=(0, 1)):
    return _call(torch.rot90, asarray(m), k, list(axes))


def repeat(a, repeats, axis=None):
    a = asarray(a)
    if axis is None:
        a, axis = a.ravel(), 0
    return _call(torch.repeat_interleave, a, repeats if isinstance(repeats, int) else asarray(repeats), axis)


def tile(A, reps):
    return _call(torch.tile, asarray(A), tuple(reps) if isinstance(reps, (tuple, list)) else (reps,))


def pad(array, pad_width, mode='constant', constant_values=0, **kwargs):
    array = asarray(array)
    if mode != 'constant':
        raise NotImplementedError(f"numpy.pad(mode='{mode}') is not part of nabla")
    widths = broadcast_to(asarray(pad_width), (array.ndim, 2)).tolist()
    result = full([n + a + b for n, (a, b) in zip(array.shape, widths)], constant_values, array.dtype)
    result[tuple(slice(a, a + n) for n, (a, b) in zip(array.shape, widths))] = array
    return result


def resize(a, new_shape):
    a = asarray(a).ravel()
    count = 1
    for n in _size(new_shape):
        count *= n
    return concatenate([a] * (count // len(a) + 1))[:count].reshape(new_shape)


# ---- joining and splitting

def _joined(arrays, word):
    arrays = [asarray(a) for a in arrays]
    if not arrays:
        raise ValueError(f'need at least one array to {word}')
    kind = arrays[0].dtype
    for a in arrays[1:]:
        kind = _promote(kind, a.dtype)
    return [a.astype(kind) for a in arrays]


def concatenate(arrays, axis=0, out=None, *, dtype=None, casting=None):
    arrays = _joined(arrays, 'concatenate')
    if axis is None:
        arrays, axis = [a.ravel() for a in arrays], 0
    first = arrays[0]
    if first.ndim == 0:
        raise ValueError('zero-dimensional arrays cannot be concatenated')
    axis = _axes(axis, first.ndim)[0]
    for i, a in enumerate(arrays):
        if a.ndim != first.ndim:
            raise ValueError('all the input arrays must have same number of dimensions, but the array at index 0 has '
                             f'{first.ndim} dimension(s) and the array at index {i} has {a.ndim} dimension(s)')
        for d in range(a.ndim):
            if d != axis and a.shape[d] != first.shape[d]:
                raise ValueError('all the input array dimensions except for the concatenation axis must match exactly, but along dimension '
                                 f'{d}, the array at index 0 has size {first.shape[d]} and the array at index {i} has size {a.shape[d]}')
    return _finish(_call(torch.cat, arrays, axis), out, dtype)


def stack(arrays, axis=0, out=None):
    arrays = _joined(arrays, 'stack')
    if _any([a.shape != arrays[0].shape for a in arrays]):
        raise ValueError('all input arrays must have the same shape')
    return _finish(_call(torch.stack, arrays, axis), out)


def vstack(tup):
    return concatenate([atleast_2d(a) for a in tup])


row_stack = vstack


def hstack(tup):
    arrays = [atleast_1d(a) for a in tup]
    return concatenate(arrays, 0 if arrays and arrays[0].ndim == 1 else 1)


def column_stack(tup):
    return concatenate([x[:, None] if x.ndim == 1 else x for x in [atleast_1d(a) for a in tup]], 1)


def dstack(tup):
    return concatenate([x[:, :, None] if x.ndim == 2 else x for x in [atleast_2d(a) for a in tup]], 2)


def append(arr, values, axis=None):
    arr = asarray(arr)
    if axis is None:
        return concatenate([arr.ravel(), asarray(values).ravel()])
    return concatenate([arr, values], axis)


def array_split(ary, indices_or_sections, axis=0):
    ary = asarray(ary)
    n = ary.shape[axis]
    if hasattr(indices_or_sections, '__len__'):
        cuts = [0] + [int(i) for i in indices_or_sections] + [n]
    else:
        each, extra = divmod(n, indices_or_sections)
        cuts = [0]
        for i in range(indices_or_sections):
            cuts.append(cuts[-1] + each + (i < extra))
    before = (slice(None),) * (axis % ary.ndim)
    return [ary[before + (slice(a, b),)] for a, b in zip(cuts[:-1], cuts[1:])]


def split(ary, indices_or_sections, axis=0):
    if not hasattr(indices_or_sections, '__len__') and asarray(ary).shape[axis] % indices_or_sections:
        raise ValueError('array split does not result in an equal division')
    return array_split(ary, indices_or_sections, axis)


def vsplit(ary, indices_or_sections):
    return split(ary, indices_or_sections, 0)


def hsplit(ary, indices_or_sections):
    return split(ary, indices_or_sections, 1)


def delete(arr, obj, axis=None):
    arr = asarray(arr)
    if axis is None:
        arr, axis = arr.ravel(), 0
    kept = ones(arr.shape[axis], bool)
    kept[obj] = False
    return arr[(slice(None),) * axis + (kept,)]


def insert(arr, obj, values, axis=None):
    arr = asarray(arr)
    if axis is None:
        arr, axis = arr.ravel(), 0
    before = (slice(None),) * axis
    values = asarray(values, arr.dtype)
    shape = list(arr.shape)
    shape[axis] = values.shape[axis] if values.ndim == arr.ndim else (values.size if arr.ndim == 1 else 1)
    return concatenate([arr[before + (slice(None, obj),)], broadcast_to(values, shape), arr[before + (slice(obj, None),)]], axis)


# ---- searching and sorting

def where(condition, x=None, y=None):
    condition = asarray(condition).astype(bool)
    if x is None and y is None:
        return nonzero(condition)
    if x is None or y is None:
        raise ValueError('either both or neither of x and y should be given')
    kind = _result_dtype([x, y])
    x, y = asarray(x).astype(kind), asarray(y).astype(kind)
    result = _call(torch.where, *broadcast_arrays(condition, x, y))
    return result if isinstance(result, ndarray) else asarray(result)


def nonzero(a):
    return tuple(asarray(part) for part in _call(torch.nonzero, atleast_1d(a), as_tuple=True))


def flatnonzero(a):
    return nonzero(asarray(a).ravel())[0]


def argwhere(a):
    return _call(torch.nonzero, asarray(a))


def sort(a, axis=-1, kind=None, order=None):
    a = asarray(a)
    if axis is None:
        a, axis = a.ravel(), -1
    return _call(torch.sort, a, dim=_axes(axis, a.ndim)[0])[0]


def argsort(a, axis=-1, kind=None, order=None):
    a = asarray(a)
    if axis is None:
        a, axis = a.ravel(), -1
    return _call(torch.sort, a, dim=_axes(axis, a.ndim)[0])[1]


def argpartition(a, kth, axis=-1):
    return argsort(a, axis)


def partition(a, kth, axis=-1):
    return sort(a, axis)


def searchsorted(a, v, side='left', sorter=None):
    a, v = asarray(a), asarray(v)
    kind = _promote(a.dtype, v.dtype)
    return _call(torch.searchsorted, a.astype(kind), v.astype(kind), right=side == 'right')


def digitize(x, bins, right=False):
    return searchsorted(bins, x, 'left' if right else 'right')


def unique(ar, return_index=False, return_inverse=False, return_counts=False, axis=None):
    ar = asarray(ar)
    if axis is not None:
        if return_index:
            raise NotImplementedError('numpy.unique(return_index=True) with an axis is not part of nabla')
        found = _call(torch.unique, ar, True, return_inverse, return_counts, dim=axis)
        return found
    ar = ar.ravel()
    order = argsort(ar)
    values = ar[order]
    first = ones(len(ar), bool)
    if len(ar) > 1:
        first[1:] = values[1:] != values[:-1]
    out = [values[first]]
    if return_index:
        out.append(order[first])
    if return_inverse:
        inverse = zeros(len(ar), int)
        inverse[order] = cumsum(first) - 1
        out.append(inverse)
    if return_counts:
        out.append(diff(append(flatnonzero(first), len(ar))))
    return out[0] if len(out) == 1 else tuple(out)


def isin(element, test_elements, assume_unique=False, invert=False):
    element, test_elements = asarray(element), asarray(test_elements)
    kind = _promote(element.dtype, test_elements.dtype)
    return _call(torch.isin, element.astype(kind), test_elements.astype(kind), invert=invert)


in1d = isin


def intersect1d(ar1, ar2):
    a = unique(ar1)
    return a[isin(a, ar2)]


def union1d(ar1, ar2):
    return unique(concatenate([ar1, ar2], None))


def setdiff1d(ar1, ar2):
    a = unique(ar1)
    return a[isin(a, ar2, invert=True)]


def take(a, indices, axis=None, out=None, mode='raise'):
    a = asarray(a)
    return a.ravel()[asarray(indices)] if axis is None else a[(slice(None),) * (axis % a.ndim) + (asarray(indices),)]


def take_along_axis(arr, indices, axis):
    return _call(torch.take_along_dim, asarray(arr), asarray(indices), axis)


def choose(a, choices):
    return _call(torch.stack, [asarray(c) for c in choices])[asarray(a), arange(len(a))]


def select(condlist, choicelist, default=0):
    result = asarray(default)
    for condition, choice in list(zip(condlist, choicelist))[::-1]:
        result = where(condition, choice, result)
    return result


def bincount(x, weights=None, minlength=0):
    return _call(torch.bincount, asarray(x), None if weights is None else asarray(weights), minlength)


def histogram(a, bins=10, range=None, density=None, weights=None):
    a = asarray(a).ravel()
    if not hasattr(bins, '__len__'):
        low, high = (min(a), max(a)) if range is None and a.size else range or (0.0, 1.0)
        if low == high:
            low, high = low - 0.5, high + 0.5
        edges = linspace(low, high, bins + 1)
    else:
        edges = asarray(bins)
    inside = (a >= edges[0]) & (a <= edges[-1])
    where_ = minimum(searchsorted(edges, a[inside], 'right') - 1, len(edges) - 2)
    counts = bincount(where_, None if weights is None else asarray(weights)[inside], len(edges) - 1)
    if density:
        counts = counts / (edges[1:] - edges[:-1]) / sum(counts)
    return counts, edges


# ---- products and fits

def dot(a, b, out=None):
    a, b = asarray(a), asarray(b)
    if a.ndim == 0 or b.ndim == 0:
        return _finish(a * b, out)
    inner = b.shape[-2] if b.ndim > 1 else b.shape[0]
    if a.shape[-1] != inner:
        raise ValueError(f'shapes {_plain_shape(a.shape)} and {_plain_shape(b.shape)} not aligned: {a.shape[-1]} (dim {a.ndim - 1}) != {inner} (dim {builtins_max(b.ndim - 2, 0)})')
    return _finish(a @ b if b.ndim < 3 else tensordot(a, b, ([-1], [-2])), out)


def vdot(a, b):
    return dot(ravel(a), ravel(b))


def inner(a, b):
    return dot(a, asarray(b).T)


def outer(a, b, out=None):
    return _finish(ravel(a)[:, None] * ravel(b), out)


def tensordot(a, b, axes=2):
    a, b = asarray(a), asarray(b)
    kind = _promote(a.dtype, b.dtype)
    if not isinstance(axes, int):
        axes = tuple([i] if isinstance(i, int) else list(i) for i in axes)
    return _call(torch.tensordot, a.astype(kind), b.astype(kind), axes)


def einsum(subscripts, *operands, **kwargs):
    return _call(torch.einsum, subscripts, *_joined(operands, 'contract'))


def kron(a, b):
    return _call(torch.kron, *_joined([a, b], 'multiply'))


def cross(a, b, axis=-1):
    return _call(torch.cross, *_joined(broadcast_arrays(a, b), 'multiply'), dim=axis)


def trace(a, offset=0):
    return sum(diag(a, offset))


def diagonal(a, offset=0, axis1=0, axis2=1):
    return _view(torch.diagonal, asarray(a), offset, axis1, axis2)


def fill_diagonal(a, val):
    for i in range(builtins_min(*a.shape)):
        a[i, i] = val


def polyfit(x, y, deg):
    columns = vander(asarray(x, float), deg + 1)
    scale = sqrt(sum(columns * columns, 0))
    return linalg.lstsq(columns / scale, asarray(y, float))[0] / scale


def polyval(p, x):
    x = asarray(x)
    y = zeros_like(x)
    for c in asarray(p):
        y = y * x + c
    return y


class poly1d:
    __module__ = 'numpy'

    def __init__(self, c_or_r, r=False, variable=None):
        c = atleast_1d(c_or_r)
        if r:
            roots, c = c, array([1.0])
            for root in roots:
                c = convolve(c, [1.0, -root])
        while len(c) > 1 and c[0] == 0:
            c = c[1:]
        self.coeffs = self.coefficients = self.c = c
        self.order = self.o = len(c) - 1

    def __call__(self, x):
        return polyval(self.coeffs, x)

    def __len__(self):
        return self.order

    def __getitem__(self, power):
        return self.coeffs[self.order - power] if 0 <= power <= self.order else 0

    def __repr__(self):
        return f'poly1d({_text(self.coeffs, True)[6:-1]})'

    def __str__(self):
        above = below = rest = ''
        for i, c in enumerate(self.coeffs):
            power, text = self.order - i, '%.4g' % c
            if text == '0' and (power or i):
                continue
            part = text + (' x' if power else '')
            rest += part if not i else f' - {part[1:]}' if part.startswith('-') else f' + {part}'
            if power > 1:
                above += ' ' * (len(rest) - 1) + str(power)
                below, rest = below + rest + ' ' * (len(str(power)) - 1), ''
        return f' {above}\n{below}{rest}'

    def deriv(self, m=1):
        p = self.coeffs
        for _ in range(m):
            p = p[:-1] * arange(len(p) - 1, 0, -1)
        return poly1d(p)


def interp(x, xp, fp, left=None, right=None):
    x, xp, fp = asarray(x, float), asarray(xp, float), asarray(fp, float)
    i = clip(searchsorted(xp, x, 'right') - 1, 0, len(xp) - 2)
    y = fp[i] + (x - xp[i]) / (xp[i + 1] - xp[i]) * (fp[i + 1] - fp[i])
    y = where(x < xp[0], fp[0] if left is None else left, where(x > xp[-1], fp[-1] if right is None else right, y))
    return y if y.ndim else y[()]


def convolve(a, v, mode='full'):
    a, v = asarray(a, float), asarray(v, float)
    if len(v) > len(a):
        a, v = v, a
    padded = pad(a, len(v) - 1)
    full = array([dot(padded[i:i + len(v)], v[::-1]) for i in range(len(a) + len(v) - 1)])
    cut = {'full': 0, 'same': (len(v) - 1) // 2, 'valid': len(v) - 1}[mode]
    return full[cut:cut + {'full': len(full), 'same': len(a), 'valid': len(a) - len(v) + 1}[mode]]


def diff(a, n=1, axis=-1):
    a = asarray(a)
    before = (slice(None),) * (axis % a.ndim)
    for _ in range(n):
        a = a[before + (slice(1, None),)] - a[before + (slice(None, -1),)]
    return a


def gradient(f, *spacing, axis=None, edge_order=1):
    f = asarray(f, float)
    axes = _axes(axis, f.ndim)
    out = []
    for k, i in enumerate(axes):
        h = spacing[k if len(spacing) > 1 else 0] if spacing else 1.0
        g, x = zeros_like(f), swapaxes(f, 0, i)
        d = swapaxes(g, 0, i)
        if ndim(h):
            s = diff(asarray(h, float)).reshape((-1,) + (1,) * (f.ndim - 1))
            a, b = s[:-1], s[1:]
            d[1:-1] = (a * a * x[2:] + (b * b - a * a) * x[1:-1] - b * b * x[:-2]) / (a * b * (a + b))
            d[0], d[-1] = (x[1] - x[0]) / s[0], (x[-1] - x[-2]) / s[-1]
        else:
            d[1:-1] = (x[2:] - x[:-2]) / (2.0 * h)
            d[0], d[-1] = (x[1] - x[0]) / h, (x[-1] - x[-2]) / h
        out.append(g)
    return out[0] if len(out) == 1 else out


def trapz(y, x=None, dx=1.0, axis=-1):
    y = asarray(y)
    d = dx if x is None else diff(asarray(x))
    return sum(d * (y[..., 1:] + y[..., :-1]) / 2.0, -1)


def cov(m, y=None, rowvar=True, bias=False, ddof=None):
    m = atleast_2d(asarray(m, float))
    if y is not None:
        m = concatenate([m, atleast_2d(asarray(y, float))])
    if not rowvar and m.shape[0] != 1:
        m = m.T
    ddof = ddof if ddof is not None else 0 if bias else 1
    centred = m - mean(m, 1, keepdims=True)
    return squeeze(dot(centred, centred.T) * (1.0 / (m.shape[1] - ddof)))


def corrcoef(x, y=None, rowvar=True):
    c = cov(x, y, rowvar)
    if c.ndim == 0:
        return c / c
    d = sqrt(diag(c))
    return clip(c / d[:, None] / d[None, :], -1, 1)


# ---- the rest

def clip(a, a_min, a_max, out=None):
    a = asarray(a)
    if a_min is not None:
        a = maximum(a, a_min)
    if a_max is not None:
        a = minimum(a, a_max)
    return _finish(a, out)


def round(a, decimals=0, out=None):
    a = asarray(a)
    if not issubdtype(a.dtype, floating):
        return a.copy() if a.ndim else a[()]
    if decimals == 0:
        return _finish(rint(a), out)
    scale = 10.0 ** builtins_abs(decimals)
    return _finish(rint(a * scale) / scale if decimals > 0 else rint(a / scale) * scale, out)


around = round_ = round
fix = trunc


def nan_to_num(x, copy=True, nan=0.0, posinf=None, neginf=None):
    return _call(torch.nan_to_num, asarray(x), nan, posinf, neginf)


def real(a):
    return asarray(a)


def isclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    a, b = asarray(a), asarray(b)
    near = absolute(a - b) <= atol + rtol * absolute(b)
    near = near & isfinite(b) | (a == b)
    return near | isnan(a) & isnan(b) if equal_nan else near


def allclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    return bool(all(isclose(a, b, rtol, atol, equal_nan)))


def array_equal(a1, a2, equal_nan=False):
    a1, a2 = asarray(a1), asarray(a2)
    return a1.shape == a2.shape and bool(all(a1 == a2))


def heaviside(x1, x2):
    x1 = asarray(x1, float)
    return where(x1 < 0, 0.0, where(x1 > 0, 1.0, x2))


def sinc(x):
    return _call(torch.sinc, asarray(x, float))


def isscalar(element):
    return isinstance(element, (int, float, str, generic))


def iterable(y):
    return hasattr(y, '__iter__')


def vectorize(pyfunc, otypes=None):
    def over(*args):
        args = broadcast_arrays(*args)
        values = [pyfunc(*parts) for parts in zip(*[a.ravel() for a in args])]
        return array(values).reshape(args[0].shape)
    return over


def apply_along_axis(func1d, axis, arr, *args, **kwargs):
    arr = moveaxis(asarray(arr), axis, -1)
    rows = array([func1d(row, *args, **kwargs) for row in arr.reshape(-1, arr.shape[-1])])
    rows = rows.reshape(arr.shape[:-1] + rows.shape[1:])
    return rows if rows.ndim < arr.ndim else moveaxis(rows, -1, axis)


def piecewise(x, condlist, funclist):
    x = asarray(x)
    result = zeros_like(x)
    if len(funclist) == len(condlist) + 1:
        rest = ~any(stack([asarray(c) for c in condlist]), 0)
        condlist = list(condlist) + [rest]
    for condition, function in zip(condlist, funclist):
        result[condition] = function(x[condition]) if callable(function) else function
    return result


def ndenumerate(arr):
    arr = asarray(arr)
    for index in ndindex(*arr.shape):
        yield index, arr[index]


def ndindex(*shape):
    import itertools
    return itertools.product(*[range(n) for n in (shape[0] if len(shape) == 1 and isinstance(shape[0], tuple) else shape)])


def unravel_index(indices, shape):
    out = []
    for n in shape[::-1]:
        out.append(indices % n)
        indices = indices // n
    return tuple(out[::-1])


def shares_memory(a, b):
    return _shares_memory(a, b)


may_share_memory = shares_memory


def issubdtype(arg1, arg2):
    first = arg1.type if isinstance(arg1, dtype) else arg1 if isinstance(arg1, type) and issubclass(arg1, generic) else dtype(arg1).type
    second = arg2.type if isinstance(arg2, dtype) else arg2 if isinstance(arg2, type) and issubclass(arg2, generic) else dtype(arg2).type
    return issubclass(first, second)


def result_type(*arrays_and_dtypes):
    return _result_dtype([zeros(1, a) if isinstance(a, (dtype, type)) else a for a in arrays_and_dtypes])


def promote_types(type1, type2):
    return _promote(type1, type2)


class finfo:
    def __init__(self, kind):
        self.dtype = dtype(kind)
        cast = self.dtype.type
        single = self.dtype == float32
        self.bits = 32 if single else 64
        self.eps = cast(2.0 ** (-23 if single else -52))
        self.max = cast(3.4028234663852886e38 if single else 1.7976931348623157e308)
        self.min = -self.max
        self.tiny = self.smallest_normal = cast(1.1754943508222875e-38 if single else 2.2250738585072014e-308)


class iinfo:
    def __init__(self, kind):
        self.dtype = dtype(kind)
        self.bits = 8 * self.dtype.itemsize
        signed = self.dtype.kind == 'i'
        self.min = -2 ** (self.bits - 1) if signed else 0
        self.max = 2 ** (self.bits - signed) - 1 if self.bits < 64 else 9223372036854775807


def set_printoptions(precision=None, threshold=None, edgeitems=None, linewidth=None, suppress=None, **others):
    _set_printoptions(precision, threshold, edgeitems, linewidth, suppress)


def get_printoptions():
    return dict(zip(['precision', 'threshold', 'edgeitems', 'linewidth', 'suppress'], _get_printoptions()))


class printoptions:
    def __init__(self, **options):
        self._options = options

    def __enter__(self):
        self._before = _get_printoptions()
        set_printoptions(**self._options)

    def __exit__(self, *error):
        _set_printoptions(*self._before)


def array2string(a, **options):
    with printoptions(**{k: v for k, v in options.items() if k in ('precision', 'threshold', 'edgeitems', 'suppress')}):
        return _text(asarray(a), False)


def array_str(a):
    return _text(asarray(a), False)


def array_repr(arr):
    return _text(asarray(arr), True)


class errstate:
    def __init__(self, **kwargs):
        import warnings
        self._catch, self._quiet = warnings.catch_warnings(), 'ignore' in kwargs.values()

    def __enter__(self):
        import warnings
        self._catch.__enter__()
        if self._quiet:
            warnings.simplefilter('ignore', RuntimeWarning)

    def __exit__(self, *error):
        self._catch.__exit__(*error)


def seterr(**kwargs):
    if 'ignore' in kwargs.values():
        import warnings
        warnings.simplefilter('ignore', RuntimeWarning)
    return {'divide': 'warn', 'over': 'warn', 'under': 'ignore', 'invalid': 'warn'}


def _no_files(name):
    def missing(*args, **kwargs):
        raise NotImplementedError(f'numpy.{name} is not part of nabla: it has no files')
    return missing


def loadtxt(fname, dtype=float, comments='#', delimiter=None, skiprows=0, usecols=None, unpack=False, ndmin=0, **options):
    if isinstance(fname, str):
        raise NotImplementedError(f'numpy.loadtxt of a file by name is not part of nabla: give the text with io.StringIO')
    rows = [line.split(comments)[0].strip() for line in list(fname)[skiprows:]]
    rows = [[float(part) for part in row.split(delimiter)] for row in rows if row]
    if usecols is not None:
        columns = [usecols] if isinstance(usecols, int) else usecols
        rows = [[row[i] for i in columns] for row in rows]
    result = array(rows, dtype)
    result = squeeze(result) if ndmin == 0 else result
    return result.T if unpack else result


def genfromtxt(fname, dtype=float, comments='#', delimiter=None, skip_header=0, **options):
    return loadtxt(fname, dtype, comments, delimiter, skip_header)


for _name in 'load save savez savez_compressed savetxt fromfile memmap'.split():
    globals()[_name] = _no_files(_name)


# ---- methods

def _method(name):
    function = globals()[name]
    _give(name, function)


for _name in ('sum mean std var max min argmax argmin all any prod cumsum cumprod ptp dot swapaxes squeeze argsort searchsorted '
              'nonzero take repeat trace diagonal clip round').split():
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

    def __getitem__(self, key):
        return self._array.ravel()[key]

    def __setitem__(self, key, value):
        flat = self._array.ravel()
        flat[key] = value
        if not _shares_memory(flat, self._array):
            self._array[...] = flat.reshape(self._array.shape)


_give('T', property(lambda self: transpose(self)))
_give('flat', property(_Flat))
_give('flags', property(flagsobj))
_give('real', property(lambda self: self))
_give('base', property(lambda self: None))
