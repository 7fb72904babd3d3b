# torch.special: orthogonal polynomials, zeta, incomplete gamma functions and further Bessel functions. In PyTorch most of them make no graph.
import torch as _torch
from builtins import max as _most, min as _least, range as _count

_Function = _torch.autograd.Function


def _operands(*given):
    """Tensors of one floating type and shape."""
    tensors = [x if isinstance(x, _torch.Tensor) else None for x in given]
    dtype = _torch.result_type(*[x if t is None else t for x, t in zip(given, tensors)]) if len(given) > 1 else given[0].dtype
    if not dtype.is_floating_point:
        dtype = _torch.get_default_dtype()
    made = [(_torch.tensor(x, dtype=dtype) if t is None else t.to(dtype)) for x, t in zip(given, tensors)]
    return _torch.broadcast_tensors(*made)


def _into(out, result):
    if out is None:
        return result
    out.resize_(result.shape).copy_(result)
    return out


def _polynomial(name, start, step, ends=None, far=None, moved=False):
    """A polynomial of degree n by its recurrence: start(y) is the one of degree 1, step(k, y, q, p) the one of degree k from the two before.
    `ends`: values at the ends of the interval; `far`: (degree, formula) by angles beyond that degree."""
    def polynomial(input, n, *, out=None):
        with _torch.no_grad():
            x, degree = _operands(input, n)
            degree = degree.trunc()
            y = x + x - 1 if moved else x
            p, q = _torch.ones_like(y), start(y)
            result = _torch.where(degree == 1, q, p)
            for k in _count(2, int(_most(degree.max().item(), 0)) + 1 if degree.numel() else 0):
                p, q = q, step(k, y, q, p)
                result = _torch.where(degree == k, q, result)
            if far is not None:
                result = _torch.where((degree > far[0]) & (y.abs() < 1), far[1](degree, y.clamp(-1, 1).acos(), y), result)
            if ends is not None:
                even = degree % 2 == 0
                result = _torch.where(y == 1, ends[0](degree), _torch.where(y == -1, _torch.where(even, ends[1](degree), -ends[1](degree)), result))
            return _into(out, _torch.where(degree < 0, _torch.zeros_like(result), result))
    polynomial.__name__ = polynomial.__qualname__ = name
    return polynomial


def _one(n):
    return _torch.ones_like(n)


def _double(k, y, q, p):
    return (y + y) * q - p


_chebyshev = {
    't': (lambda y: y, (_one, _one), (6, lambda n, t, y: _torch.cos(n * t))),
    'u': (lambda y: y + y, (lambda n: n + 1, lambda n: n + 1), (8, lambda n, t, y: _torch.sin((n + 1) * t) / _torch.sin(t))),
    'v': (lambda y: y + y - 1, (_one, lambda n: n + n + 1), (8, lambda n, t, y: _torch.cos((n + 0.5) * t) / _torch.cos(t / 2))),
    'w': (lambda y: y + y + 1, (lambda n: n + n + 1, _one), (8, lambda n, t, y: _torch.sin((n + 0.5) * t) / _torch.sin(t / 2))),
}
for _letter, (_start, _ends, _far) in _chebyshev.items():
    _name = 'chebyshev_polynomial_' + _letter
    globals()[_name] = _polynomial(_name, _start, _double, _ends, _far)
    _moved_far = (4 if _letter == 'w' else 6, _far[1])
    globals()['shifted_' + _name] = _polynomial('shifted_' + _name, _start, _double, _ends, _moved_far, moved=True)
hermite_polynomial_h = _polynomial('hermite_polynomial_h', lambda y: y + y, lambda k, y, q, p: (y + y) * q - (2 * k - 2) * p)
hermite_polynomial_he = _polynomial('hermite_polynomial_he', lambda y: y, lambda k, y, q, p: y * q - (k - 1) * p)
laguerre_polynomial_l = _polynomial('laguerre_polynomial_l', lambda y: 1 - y, lambda k, y, q, p: ((2 * k - 2 + (1 - y)) * q - (k - 1) * p) / k)
legendre_polynomial_p = _polynomial('legendre_polynomial_p', lambda y: y, lambda k, y, q, p: ((2 * k - 1) * y * q - (k - 1) * p) / k, (_one, _one))


# ---- zeta: Hurwitz's sum, its end by Euler and Maclaurin's formula ----

def _zeta(s, q):
    s, q = s.double(), q.double()
    terms = 12
    start = _torch.where(q < 0, -q.floor(), _torch.zeros_like(q))
    total = _torch.zeros_like(s * q)
    for k in _count(int(_least(start.max().item(), 1000)) + terms if total.numel() else 0):
        total = total + _torch.where(k < start + terms, (q + k) ** -s, 0.0)
    a = q + start + terms
    total = total + a ** (1 - s) / (s - 1) + 0.5 * a ** -s
    factor, power = s, a ** (-s - 1)
    for j, bernoulli in enumerate((1 / 12, -1 / 720, 1 / 30240, -1 / 1209600, 1 / 47900160, -691 / 1307674368000)):
        total = total + bernoulli * factor * power
        factor = factor * (s + 2 * j + 1) * (s + 2 * j + 2)
        power = power / (a * a)
    whole = q == q.floor()
    total = _torch.where((q <= 0) & whole, float('inf'), _torch.where((q <= 0) & (s != s.floor()), float('nan'), total))
    return _torch.where(s == 1, float('inf'), _torch.where(s < 1, float('nan'), total))


class _SpecialZeta(_Function):
    @staticmethod
    def forward(ctx, s, q):
        x, y = _operands(s, q)
        ctx.save_for_backward(x, y)
        ctx.shape = q.shape if isinstance(q, _torch.Tensor) else None
        return _zeta(x, y).to(x.dtype)

    @staticmethod
    def backward(ctx, g):
        if ctx.needs_input_grad[0]:
            raise NotImplementedError("the derivative for 'zeta' is not implemented.")
        s, q = ctx.saved_tensors
        return None, (g * -s * zeta(s + 1.0, q)).sum_to_size(ctx.shape) if ctx.shape is not None else None


def _named_node(base, name, number):
    return type(name, (base,), {'_suffix': f'Backward{number}'})


_zetas = [_named_node(_SpecialZeta, 'SpecialZeta', number) for number in _count(3)]


def zeta(input, other, *, out=None):
    """The sum of (other + k)^-input over k = 0, 1, ...: Hurwitz's zeta function."""
    form = 1 if not isinstance(input, _torch.Tensor) else 0 if isinstance(other, _torch.Tensor) else 2
    return _into(out, _zetas[form].apply(input, other))


# ---- incomplete gamma functions: a series below a + 1, a continued fraction above ----

def _incomplete_gamma(a, x):
    """Both parts, the lower and the upper."""
    a, x = a.double(), x.double()
    low = (x < a + 1) | (a <= 0)
    near = _torch.where(low, x, _torch.zeros_like(x)).clamp(min=0)
    front = _torch.exp(a * x.log() - x - a.lgamma())
    term = 1 / a
    total, step = term, a
    rounds = int(_least(20 + 12 * _most(near.max().item(), 1.0) ** 0.5 + near.max().item(), 4000)) if near.numel() else 0
    for _ in _count(rounds):
        step = step + 1
        term = term * near / step
        total = total + term
    lower = total * front
    away = _torch.where(low, a.clamp(min=0) + 2, x)
    b = away + 1 - a
    c, d = _torch.full_like(b, 1e300), 1 / b
    fraction = d
    for i in _count(1, 200):
        step = -i * (i - a)
        b = b + 2
        d, c = 1 / (step * d + b), b + step / c
        fraction = fraction * d * c
    upper = fraction * front
    lower, upper = _torch.where(low, lower, 1 - upper), _torch.where(low, 1 - lower, upper)
    lower = _torch.where(x == 0, 0.0, _torch.where(_torch.isinf(x) | (a == 0), 1.0, lower))
    lower, upper = _torch.where(_torch.isinf(a), 0.0, lower), _torch.where(_torch.isinf(a), 1.0, upper)
    upper = _torch.where(x == 0, 1.0, _torch.where(_torch.isinf(x) | (a == 0), 0.0, upper))
    wrong = (x < 0) | (a < 0) | ((a == 0) & (x == 0)) | (_torch.isinf(a) & _torch.isinf(x))
    return [_torch.where(wrong, float('nan'), part) for part in (lower, upper)]


class _Gamma(_Function):
    _suffix = 'Backward0'

    @staticmethod
    def backward(ctx, g):
        sign, name = ctx.kind
        if ctx.needs_input_grad[0]:
            raise NotImplementedError(f"the derivative for '{name}: input' is not implemented.")
        a, x = ctx.saved_tensors
        return None, (sign * g * _torch.exp((a - 1) * x.log() - x - a.lgamma())).sum_to_size(x.shape)


def _gamma_forward(part, name):
    def forward(ctx, a, x):
        ctx.save_for_backward(a, x)
        ctx.kind = (1 - 2 * part, name)
        y, z = _operands(a, x)
        return _incomplete_gamma(y, z)[part].to(y.dtype)
    return staticmethod(forward)


_Igamma = type('Igamma', (_Gamma,), {'forward': _gamma_forward(0, 'igamma')})
_Igammac = type('Igammac', (_Gamma,), {'forward': _gamma_forward(1, 'igammac')})


def gammainc(input, other, *, out=None):
    """The regularized lower incomplete gamma function P(input, other)."""
    return _into(out, _Igamma.apply(input, other))


def gammaincc(input, other, *, out=None):
    """The regularized upper incomplete gamma function Q(input, other)."""
    return _into(out, _Igammac.apply(input, other))


# ---- Bessel functions by their integrals: sums over equal steps, in double ----

def _bessel(formula):
    def function(input, *, out=None):
        with _torch.no_grad():
            x, = _operands(input)
            return _into(out, formula(x.double().unsqueeze(-1)).to(x.dtype))
    return function


def _average(x, integrand):
    """Of integrand(t) over a whole period, with t from 0 to pi."""
    steps = 64 + 2 * int(_least(x.abs().nan_to_num(0, 0, 0).max().item(), 2000)) if x.numel() else 1
    t = (_torch.arange(steps, dtype=_torch.float64) + 0.5) * (_torch.pi / steps)
    return integrand(t).mean(-1)


def _first(n):
    return lambda x: _torch.where(x.squeeze(-1) == 0, 1.0 - n, _average(x, lambda t: _torch.cos(n * t - x * t.sin())))


def _modified(n):
    return lambda x: _torch.where(x.squeeze(-1) == 0, 1.0 - n, _average(x, lambda t: _torch.exp(x * t.cos()) * _torch.cos(n * t)))


def _decaying(n, scaled):
    def formula(x):
        t = _torch.arange(0, 800, dtype=_torch.float64) * 0.02
        values = _torch.exp(-x * (t.cosh() - 1 if scaled else t.cosh())) * _torch.cosh(n * t)
        total = (values.sum(-1) - values[..., 0] / 2) * 0.02
        x = x.squeeze(-1)
        return _torch.where(x < 0, float('nan'), _torch.where(x == 0, float('inf'), total))
    return formula


def _second(n):
    def formula(x):
        u = _torch.arange(-320, 321, dtype=_torch.float64) * 0.01  # tanh-sinh nodes on 0 .. pi
        t = _torch.pi / 2 * (1 + _torch.tanh(_torch.pi / 2 * u.sinh()))
        weights = 0.01 * (_torch.pi / 2) ** 2 * u.cosh() / _torch.cosh(_torch.pi / 2 * u.sinh()) ** 2
        near = (_torch.sin(x * t.sin() - n * t) * weights).sum(-1)
        v = _torch.exp(_torch.pi / 2 * (_torch.arange(-350, 200, dtype=_torch.float64) * 0.02).sinh())  # exp-sinh nodes on 0 .. infinity
        by = 0.02 * _torch.pi / 2 * (_torch.arange(-350, 200, dtype=_torch.float64) * 0.02).cosh() * v
        v, by = v[v < 30], by[v < 30]
        far = ((_torch.exp(n * v - x * v.sinh()) + (-1) ** n * _torch.exp(-n * v - x * v.sinh())) * by).sum(-1)
        x = x.squeeze(-1)
        return _torch.where(x < 0, float('nan'), _torch.where(x == 0, -float('inf'), (near - far) / _torch.pi))
    return formula


def _airy(x):
    a = _torch.where(x > 0, x.abs().sqrt().clamp(min=1.0), 1 / (1 + x.abs()).sqrt())
    s = _torch.arange(0, 4000, dtype=_torch.float64) * 0.005
    values = _torch.exp(-(a * s * s - a ** 3 / 3 + x * a)) * _torch.cos(s ** 3 / 3 - s * a * a + x * s)
    return (values.sum(-1) - values[..., 0] / 2) * 0.005 / _torch.pi


def _spherical(x):
    x = x.squeeze(-1)
    return _torch.where(x.abs() < 0.5, 1 - x * x / 6 * (1 - x * x / 20 * (1 - x * x / 42 * (1 - x * x / 72))), x.sin() / x)


bessel_j0, bessel_j1, bessel_y0, bessel_y1 = _bessel(_first(0)), _bessel(_first(1)), _bessel(_second(0)), _bessel(_second(1))
modified_bessel_i0, modified_bessel_i1 = _bessel(_modified(0)), _bessel(_modified(1))
modified_bessel_k0, modified_bessel_k1 = _bessel(_decaying(0, False)), _bessel(_decaying(1, False))
scaled_modified_bessel_k0, scaled_modified_bessel_k1 = _bessel(_decaying(0, True)), _bessel(_decaying(1, True))
airy_ai, spherical_bessel_j0 = _bessel(_airy), _bessel(_spherical)
