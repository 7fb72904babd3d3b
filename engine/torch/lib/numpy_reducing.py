# numpy: sums, means, extremes, quantiles: what takes axes away, and running sums.
import operator

def _axes(axis, ndim):
    axes = tuple(range(ndim)) if axis is None else axis if isinstance(axis, tuple) else (axis,)
    if ndim == 0 and axes in ((0,), (-1,)):
        return ()
    for one in axes:
        if not -ndim <= one < ndim:
            raise AxisError(f'axis {one} is out of bounds for array of dimension {ndim}')
    return tuple(sorted({int(one) % ndim for one in axes})) if ndim else ()


def _along(axis, ndim):
    """The one axis that a function goes along, not negative."""
    axis = operator.index(axis)
    if not -ndim <= axis < ndim:
        raise AxisError(f'axis {axis} is out of bounds for array of dimension {ndim}')
    return axis % ndim


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
        if dtype is not None:
            result = result.astype(dtype)
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
    if dtype is not None and not issubdtype(globals()['dtype'](dtype), floating):
        return _finish(mean(a, axis, None, None, keepdims), out, dtype)
    n = _count(a, axis)
    if n == 0:
        import warnings
        warnings.warn('Mean of empty slice.', RuntimeWarning)
    return _finish(sum(a, axis, dtype, keepdims=keepdims) / array(n, a.dtype), out)


def average(a, axis=None, weights=None, returned=False, keepdims=False):
    if weights is None:
        return mean(asarray(a), axis, keepdims=keepdims)
    a, weights = asarray(a), asarray(weights)
    if weights.shape != a.shape and weights.ndim == 1 and axis is not None:
        weights = weights.reshape([-1 if i == axis % a.ndim else 1 for i in range(a.ndim)])
    total = sum(weights * ones_like(a, float), axis, keepdims=keepdims)
    if any(total == 0):
        raise ZeroDivisionError("Weights sum to zero, can't be normalized")
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
        a = atleast_1d(a)
        if axis is not None:
            axis = _along(axis, a.ndim)
        if a.size == 0 and (axis is None or a.shape[axis] == 0):
            raise ValueError(f'attempt to get {function.__name__} of an empty sequence')
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
    return _finish(result if a.ndim else a[()], out)


def _cumulative(function):
    def along(a, axis=None, dtype=None, out=None):
        a = asarray(a) if dtype is None else asarray(a, dtype)
        if axis is None:
            a, axis = a.ravel(), 0
        a = atleast_1d(a)
        return _finish(_call(function, a, _along(axis, a.ndim)), out)
    return along


cumsum, cumprod = _cumulative(torch.cumsum), _cumulative(torch.cumprod)


def median(a, axis=None, out=None, overwrite_input=False, keepdims=False):
    a = asarray(a)
    if _count(a, axis) == 0:
        return mean(a, axis, keepdims=keepdims)
    return quantile(a * 1.0, 0.5, axis, keepdims=keepdims)


def quantile(a, q, axis=None, out=None, overwrite_input=False, method='linear', keepdims=False):
    a = asarray(a)
    if a.dtype == bool:
        a = a - a  # numpy interpolates with a minus sign, which truth values have not
    if _count(a, axis) == 0:
        raise IndexError('cannot do a non-empty take from an empty axes.')
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
        if not issubdtype(a.dtype, floating):
            return function(a, axis, **options)
        return function(where(isnan(a), fill, a), axis, **options)
    return skipped


nansum, nanmax, nanmin = _skipping(sum, 0.0), _skipping(max, -inf), _skipping(min, inf)
nanmean = _skipping(None, 0.0, True)
