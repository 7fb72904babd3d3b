# numpy: products of arrays, fits, polynomials, differences.

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
    return asarray(_call(torch.tensordot, a.astype(kind), b.astype(kind), axes))


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
    if a.ndim < 2:
        raise ValueError('array must be at least 2-d')
    if a.ndim > 2 and len(set(a.shape)) > 1:
        raise ValueError('All dimensions of input must be of equal length')
    for i in range(builtins_min(*a.shape)):
        a[(i,) * a.ndim] = val


def polyfit(x, y, deg):
    columns = vander(asarray(x, float), deg + 1)
    scale = sqrt(sum(columns * columns, 0))
    from numpy.linalg import lstsq
    return lstsq(columns / scale, asarray(y, float))[0] / scale


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
    a, v = _joined([a, v], 'convolve')
    if a.size == 0 or v.size == 0:
        raise ValueError('a cannot be empty' if a.size == 0 else 'v cannot be empty')
    if len(v) > len(a):
        a, v = v, a
    padded = pad(a, len(v) - 1)
    full = array([dot(padded[i:i + len(v)], v[::-1]) for i in range(len(a) + len(v) - 1)])
    cut = {'full': 0, 'same': (len(v) - 1) // 2, 'valid': len(v) - 1}[mode]
    return full[cut:cut + {'full': len(full), 'same': len(a), 'valid': len(a) - len(v) + 1}[mode]]


def diff(a, n=1, axis=-1):
    a = asarray(a)
    if a.ndim == 0:
        raise ValueError('diff requires input that is at least one dimensional')
    before = (slice(None),) * _along(axis, a.ndim)
    minus = not_equal if a.dtype == bool else subtract
    for _ in range(n):
        a = minus(a[before + (slice(1, None),)], a[before + (slice(None, -1),)])
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
    if m.ndim > 2:
        raise ValueError('m has more than 2 dimensions')
    if y is not None:
        m = concatenate([m, atleast_2d(asarray(y, float))])
    if not rowvar and m.shape[0] != 1:
        m = m.T
    ddof = ddof if ddof is not None else 0 if bias else 1
    n = m.shape[1] - ddof
    if n <= 0:
        import warnings
        warnings.warn('Degrees of freedom <= 0 for slice', RuntimeWarning, stacklevel=2)
    centred = m - mean(m, 1, keepdims=True)
    return squeeze(dot(centred, centred.T) * (array(1.0) / builtins_max(n, 0)))


def corrcoef(x, y=None, rowvar=True):
    c = cov(x, y, rowvar)
    if c.ndim == 0:
        return c / c
    d = sqrt(diag(c))
    return clip(c / d[:, None] / d[None, :], -1, 1)
