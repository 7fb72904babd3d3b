# numpy: rounding, comparing, what dtypes are, printing options, files (there are none).

def clip(a, a_min, a_max, out=None):
    a = asarray(a)
    if a_min is not None:
        a = maximum(a, a_min)
    if a_max is not None:
        a = minimum(a, a_max)
    return _finish(a, out)


def round(a, decimals=0, out=None):
    a = asarray(a)
    if a.dtype == bool and decimals:
        raise _UFuncOutputCastingError("Cannot cast ufunc 'multiply' output from dtype('float64') to dtype('bool') with casting rule 'same_kind'")
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
    return where(isnan(x1), x1, where(x1 < 0, 0.0, where(x1 > 0, 1.0, x2)))[()]


def sinc(x):
    return _call(torch.sinc, asarray(x, float))


def isscalar(element):
    return isinstance(element, (int, float, str, generic))


def iterable(y):
    return hasattr(y, '__iter__')


def vectorize(pyfunc, otypes=None):
    def over(*args):
        args = broadcast_arrays(*args)
        if otypes is None and args[0].size == 0:
            raise ValueError('cannot call `vectorize` on size 0 inputs unless `otypes` is set')
        values = [pyfunc(*parts) for parts in zip(*[a.ravel() for a in args])]
        return array(values).reshape(args[0].shape)
    return over


def apply_along_axis(func1d, axis, arr, *args, **kwargs):
    arr = asarray(arr)
    arr = moveaxis(arr, _along(axis, arr.ndim), -1)
    if 0 in arr.shape[:-1]:
        raise ValueError('Cannot apply_along_axis when any iteration dimensions are 0')
    rows = array([func1d(row, *args, **kwargs) for row in arr.reshape(_count(arr, tuple(range(arr.ndim - 1))), arr.shape[-1])])
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
    return a.size > 0 and _shares_memory(a, b)


may_share_memory = shares_memory


def issubdtype(arg1, arg2):
    first = arg1.type if isinstance(arg1, dtype) else arg1 if isinstance(arg1, type) and issubclass(arg1, generic) else dtype(arg1).type
    second = arg2.type if isinstance(arg2, dtype) else arg2 if isinstance(arg2, type) and issubclass(arg2, generic) else dtype(arg2).type
    return issubclass(first, second)


def result_type(*arrays_and_dtypes):
    return _result_dtype([zeros(1, a) if isinstance(a, (dtype, type)) else a for a in arrays_and_dtypes])


def can_cast(from_, to, casting='safe'):
    """Whether no value changes: numpy's table of safe conversions, and for 'same_kind' also to smaller types."""
    old, new = dtype(from_) if not isinstance(from_, (ndarray, generic)) else from_.dtype, dtype(to)
    if casting not in ('safe', 'same_kind', 'unsafe', 'no', 'equiv'):
        raise ValueError("casting must be one of 'no', 'equiv', 'safe', 'same_kind', or 'unsafe'")
    order = 'buif'
    if casting in ('no', 'equiv') or old == new:
        return old == new
    return casting == 'unsafe' or _promote(old, new) == new or casting == 'same_kind' and order.index(old.kind) <= order.index(new.kind)


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
