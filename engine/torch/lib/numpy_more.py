# numpy: what tutorials seldom use: index helpers, sums that pass over NaNs, polynomials, windows, and the names that nabla leaves out.

True_, False_ = bool_(True), bool_(False)
intp, longlong, ScalarType = int64, int64, (int, float, bool)


# ---- indices

class _Index:
    def __getitem__(self, key):
        return key


class _OpenGrid:
    def __getitem__(self, key):
        return list(ix_(*[mgrid[part] for part in key])) if isinstance(key, tuple) else mgrid[key]


s_ = index_exp = _Index()
ogrid = _OpenGrid()


def ix_(*args):
    out = []
    for i, a in enumerate(args):
        a = asarray(a)
        a = nonzero(a)[0] if a.dtype == bool else a
        if a.ndim != 1:
            raise ValueError('Cross index must be 1 dimensional')
        out.append(a.reshape([-1 if i == j else 1 for j in range(len(args))]))
    return tuple(out)


def tril_indices(n, k=0, m=None):
    return nonzero(tri(n, m, k, bool))


def triu_indices(n, k=0, m=None):
    return nonzero(~tri(n, m, k - 1, bool))


def tril_indices_from(arr, k=0):
    return tril_indices(arr.shape[-2], k, arr.shape[-1])


def triu_indices_from(arr, k=0):
    return triu_indices(arr.shape[-2], k, arr.shape[-1])


def diag_indices(n, ndim=2):
    return (arange(n),) * ndim


def diagflat(v, k=0):
    return diag(ravel(v), k)


def ravel_multi_index(multi_index, dims):
    flat = 0
    for i, n in zip(multi_index, dims):
        if any(asarray(i) < 0) or any(asarray(i) >= n):
            raise ValueError('invalid entry in coordinates array')
        flat = flat * n + asarray(i)
    return flat


def extract(condition, arr):
    return ravel(arr)[ravel(asarray(condition).astype(bool))]


def compress(condition, a, axis=None):
    return take(a, flatnonzero(condition), axis)


def putmask(a, mask, values):
    mask = asarray(mask).astype(bool)
    a[mask] = resize(values, a.shape)[mask]


def place(arr, mask, vals):
    mask = asarray(mask).astype(bool)
    arr[mask] = resize(vals, int(sum(mask)))


def copyto(dst, src, casting='same_kind', where=True):
    if where is True:
        dst[...] = src
    else:
        dst[where] = broadcast_to(src, dst.shape)[where]


def put_along_axis(arr, indices, values, axis):
    place = list(ix_(*[arange(n) for n in indices.shape]))
    place[axis] = indices
    arr[tuple(place)] = values


# ---- shapes and sets

def atleast_3d(a):
    a = atleast_1d(a)
    return a[None, :, None] if a.ndim == 1 else a[..., None] if a.ndim == 2 else a


def dsplit(ary, indices_or_sections):
    if ndim(ary) < 3:
        raise ValueError('dsplit only works on arrays of 3 or more dimensions')
    return split(ary, indices_or_sections, 2)


def rollaxis(a, axis, start=0):
    axis, start = axis % ndim(a), start % ndim(a) if start < 0 else start
    return moveaxis(a, axis, start - (axis < start))


def broadcast_shapes(*args):
    shapes = [zeros(one) for one in args]
    try:
        _check_broadcast(shapes)
    except ValueError:
        raise ValueError('shape mismatch: objects cannot be broadcast to a single shape') from None
    return _broadcast(shapes).shape


def array_equiv(a1, a2):
    try:
        return bool(all(asarray(a1) == asarray(a2)))
    except ValueError:
        return False


def setxor1d(ar1, ar2):
    a, counts = unique(concatenate([unique(ar1), unique(ar2)]), return_counts=True)
    return a[counts == 1]


def ediff1d(ary, to_end=None, to_begin=None):
    parts = [part for part in (to_begin, diff(ravel(ary)), to_end) if part is not None]
    return concatenate([ravel(part) for part in parts])


def lexsort(keys, axis=-1):
    order = arange(len(keys[0]))
    for key in keys:
        order = order[argsort(asarray(key)[order])]
    return order


def trim_zeros(filt, trim='fb'):
    kept = flatnonzero(filt)
    first = kept[0] if 'f' in trim and len(kept) else 0 if len(kept) else len(filt)
    return filt[first:kept[-1] + 1 if 'b' in trim and len(kept) else len(filt)]


def histogram_bin_edges(a, bins=10, range=None, weights=None):
    return histogram(a, bins, range)[1]


def histogram2d(x, y, bins=10, range=None, density=None, weights=None):
    x, y = asarray(x, float), asarray(y, float)
    bins = [bins, bins] if not hasattr(bins, '__len__') else bins
    edges = [histogram(v, n, None if range is None else range[i])[1] for i, (v, n) in enumerate(zip((x, y), bins))]
    inside = (x >= edges[0][0]) & (x <= edges[0][-1]) & (y >= edges[1][0]) & (y <= edges[1][-1])
    i, j = [minimum(searchsorted(e, v[inside], 'right') - 1, len(e) - 2) for e, v in zip(edges, (x, y))]
    shape = (len(edges[0]) - 1, len(edges[1]) - 1)
    counts = bincount(i * shape[1] + j, None if weights is None else asarray(weights)[inside], shape[0] * shape[1]).reshape(shape).astype(float)
    if density:
        counts = counts / diff(edges[0])[:, None] / diff(edges[1]) / sum(counts)
    return counts, edges[0], edges[1]


# ---- over what is not NaN

def _kept(a):
    a = asarray(a)
    return a.astype(float64) if not issubdtype(a.dtype, floating) else a


def nanvar(a, axis=None, ddof=0, keepdims=False):
    a = _kept(a)
    centre = nansum(a, axis, keepdims=True) / sum(~isnan(a), axis, keepdims=True)
    return sum(where(isnan(a), 0.0, a - centre) ** 2, axis, keepdims=keepdims) / (sum(~isnan(a), axis, keepdims=keepdims) - ddof)


def nanstd(a, axis=None, ddof=0, keepdims=False):
    return sqrt(nanvar(a, axis, ddof, keepdims))


def _passing(function):
    def reduced(a, *args, axis=None, keepdims=False):
        a = _kept(a)
        if axis is None:
            return function(a[~isnan(a)], *args)
        result = apply_along_axis(lambda row: function(row[~isnan(row)], *args), axis, a)
        return expand_dims(result, axis) if keepdims else result
    return reduced


_median, _quantile, _percentile = _passing(median), _passing(quantile), _passing(percentile)


def nanmedian(a, axis=None, keepdims=False):
    return _median(a, axis=axis, keepdims=keepdims)


def nanquantile(a, q, axis=None, keepdims=False):
    return _quantile(a, q, axis=axis, keepdims=keepdims)


def nanpercentile(a, q, axis=None, keepdims=False):
    return _percentile(a, q, axis=axis, keepdims=keepdims)


def _filled(function, fill):
    def filled(a, axis=None):
        a = _kept(a)
        return function(where(isnan(a), fill, a), axis)
    return filled


def _found(function, fill):
    find = _filled(function, fill)

    def found(a, axis=None):
        if any(all(isnan(_kept(a)), axis)):
            raise ValueError('All-NaN slice encountered')
        return find(a, axis)
    return found


nanprod, nancumsum, nancumprod = _filled(prod, 1.0), _filled(cumsum, 0.0), _filled(cumprod, 1.0)
nanargmax, nanargmin = _found(argmax, -inf), _found(argmin, inf)


# ---- elements

isneginf = lambda x: asarray(x) == -inf
isposinf = lambda x: asarray(x) == inf
isreal = lambda x: ones_like(x, bool)
isrealobj = lambda x: True
iscomplex = lambda x: zeros_like(x, bool)
iscomplexobj = lambda x: False
divmod = lambda x, y: (x // y, x % y)
sometrue, alltrue, product, cumproduct = any, all, prod, cumprod


def imag(val):
    return zeros_like(val)


def modf(x):
    x = _kept(x)
    whole = trunc(x)
    return x - whole, whole


def correlate(a, v, mode='valid'):
    return convolve(a, asarray(v)[::-1], mode)


def unwrap(p):
    p = asarray(p, float)
    steps = diff(p)
    turned = mod(steps + pi, 2 * pi) - pi
    turned = where((turned == -pi) & (steps > 0), pi, turned)
    return concatenate([p[..., :1], p[..., :1] + cumsum(turned, -1)], -1)


def _cosines(*weights):
    def window(M):
        if M < 2:
            return ones(builtins_max(M, 0))
        turn = 2 * pi * arange(M) / (M - 1)
        return sum([w * cos(k * turn) for k, w in enumerate(weights)], 0)
    return window


hanning, hamming, blackman = _cosines(0.5, -0.5), _cosines(0.54, -0.46), _cosines(0.42, -0.5, 0.08)


def binary_repr(num, width=None):
    return f'{num:b}'.rjust(width or 0, '0') if num >= 0 else '-' + f'{-num:b}' if width is None else f'{num % 2 ** width:b}'


# ---- polynomials

def _sized(a, b):
    a, b = atleast_1d(a), atleast_1d(b)
    n = builtins_max(len(a), len(b))
    return [concatenate([zeros(n - len(c), c.dtype), c]) for c in (a, b)]


def polyadd(a1, a2):
    a, b = _sized(a1, a2)
    return a + b


def polysub(a1, a2):
    a, b = _sized(a1, a2)
    return a - b


def polymul(a1, a2):
    return convolve(atleast_1d(a1), atleast_1d(a2))


def polyder(p, m=1):
    return p.deriv(m) if isinstance(p, poly1d) else poly1d(p).deriv(m).coeffs


def polyint(p, m=1):
    p = atleast_1d(p)
    for _ in range(m):
        p = concatenate([p / arange(len(p), 0, -1), [0.0]])
    return p


def poly(seq_of_zeros):
    return poly1d(seq_of_zeros, True).coeffs


# ---- what is left out, and what to use for it

_OUTSIDE = {'float16 half': 'use numpy.float32', 'longdouble float128': 'use numpy.float64', 'uint16 uint32 uint64 uint uintc uintp ushort ulonglong': 'use numpy.int64',
            'complex64 complex128 complex256 complex_ cdouble csingle cfloat clongdouble complexfloating angle real_if_close': 'complex numbers are not',
            'str_ string_ bytes_ unicode_ char chararray character object_ void': 'arrays have numbers only', 'datetime64 timedelta64 busday_count': 'use numbers',
            'matrix mat asmatrix bmat': 'use numpy.array and @', 'rec recarray record': 'use an array for each field', 'ma': 'use numpy.nan and the functions nan...',
            'fft emath lib ctypeslib testing polynomial memmap nditer frombuffer fromstring frompyfunc einsum_path packbits unpackbits roots kaiser bartlett piecewise_ '
            'datetime_as_string byte_bounds block broadcast apply_over_axes fromregex recfromcsv show_config': ''}


def _outside(name):
    for names, instead in _OUTSIDE.items():
        if name in names.split():
            raise AttributeError(f'numpy.{name} is not part of nabla' + (f': {instead}' if instead else ''))


_give('compress', lambda self, condition, axis=None: compress(condition, self, axis))
_give('imag', property(imag))


# ---- given a tensor, numpy calls the method of that name, which refuses numpy's words; then an array's, and makes a tensor of the result

def _of_tensors(name, places, words):
    function = globals()[name]

    def call(a, *args, **keywords):
        if not isinstance(a, torch.Tensor):
            return function(a, *args, **keywords)
        if not words:
            return _as_tensor(function(asarray(a), *args, **keywords))
        given = dict(zip(places.split(), args)) | keywords
        return getattr(a, name.lstrip('a') if name in ('amax', 'amin') else name)(**{word: 0 if word == 'ddof' else None for word in words.split()} | given)
    call.__name__ = call.__qualname__ = name
    globals()[name] = call


for _name, _places, _words in (('sum', 'axis dtype out', 'axis out'), ('prod', 'axis dtype out', 'axis out'), ('max', 'axis out', 'axis out'), ('min', 'axis out', 'axis out'),
                               ('amax', 'axis out', 'axis out'), ('amin', 'axis out', 'axis out'), ('any', 'axis out', 'axis out'), ('all', 'axis out', 'axis out'),
                               ('mean', 'axis dtype out', 'axis out dtype'), ('std', 'axis dtype out ddof', 'axis out dtype ddof'), ('var', 'axis dtype out ddof', 'axis out dtype ddof')):
    _of_tensors(_name, _places, _words)
for _name in 'argmax argmin cumsum cumprod argsort round ptp clip transpose squeeze repeat nonzero take searchsorted swapaxes'.split():
    _of_tensors(_name, '', '')
