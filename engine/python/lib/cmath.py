# The module cmath, with the formulas of CPython's cmathmodule.c (without its tables for infinities and NaNs).
import math as _m

pi, e, tau, inf, nan = _m.pi, _m.e, _m.tau, _m.inf, _m.nan
infj = complex(0.0, _m.inf)
nanj = complex(0.0, _m.nan)


def _complex(z):
    if isinstance(z, complex):
        return z
    if isinstance(z, (int, float)) or hasattr(type(z), "__complex__") or hasattr(type(z), "__float__") or hasattr(type(z), "__index__"):
        return complex(z)
    raise TypeError(f"must be real number, not {type(z).__name__}")


def _turned(f):
    """f(iz) / i: what sin is to sinh."""
    def turned(z, /):
        z = _complex(z)
        w = f(complex(-z.imag, z.real))
        return complex(w.imag, -w.real)
    return turned


def phase(z, /):
    z = _complex(z)
    return _m.atan2(z.imag, z.real)


def polar(z, /):
    z = _complex(z)
    return abs(z), _m.atan2(z.imag, z.real)


def rect(r, phi, /):
    if phi == 0:
        return complex(r, r * phi)
    return complex(r * _m.cos(phi), r * _m.sin(phi))


def exp(z, /):
    z = _complex(z)
    try:
        size = _m.exp(z.real)
    except OverflowError:
        raise OverflowError("math range error") from None
    if z.imag == 0:
        return complex(size, z.imag)
    return complex(size * _m.cos(z.imag), size * _m.sin(z.imag))


def _log(z):
    ax, ay = abs(z.real), abs(z.imag)
    if ax == 0 and ay == 0:
        raise ValueError("math domain error")
    h = _m.hypot(ax, ay)
    if 0.71 <= h <= 1.73:
        more, less = max(ax, ay), min(ax, ay)
        real = _m.log1p((more - 1) * (more + 1) + less * less) / 2
    else:
        real = _m.log(h)
    return complex(real, _m.atan2(z.imag, z.real))


def log(z, base=None, /):
    found = _log(_complex(z))
    return found if base is None else found / _log(_complex(base))


def log10(z, /):
    found = _log(_complex(z))
    return complex(found.real / _m.log(10), found.imag / _m.log(10))


def sqrt(z, /):
    z = _complex(z)
    if z.real == 0 and z.imag == 0:
        return complex(0.0, z.imag)
    ax, ay = abs(z.real), abs(z.imag)
    if ax < 2.2250738585072014e-308 and ay < 2.2250738585072014e-308:
        ax = _m.ldexp(ax, 54)
        s = _m.ldexp(_m.sqrt(ax + _m.hypot(ax, _m.ldexp(ay, 54))), -27)
    else:
        ax /= 8
        s = 2 * _m.sqrt(ax + _m.hypot(ax, ay / 8))
    d = ay / (2 * s)
    if z.real >= 0:
        return complex(s, _m.copysign(d, z.imag))
    return complex(d, _m.copysign(s, z.imag))


def cosh(z, /):
    z = _complex(z)
    return complex(_m.cos(z.imag) * _m.cosh(z.real), _m.sin(z.imag) * _m.sinh(z.real))


def sinh(z, /):
    z = _complex(z)
    return complex(_m.cos(z.imag) * _m.sinh(z.real), _m.sin(z.imag) * _m.cosh(z.real))


def tanh(z, /):
    z = _complex(z)
    if abs(z.real) > 354:
        return complex(_m.copysign(1.0, z.real), 4 * _m.sin(z.imag) * _m.cos(z.imag) * _m.exp(-2 * abs(z.real)))
    tx, ty, cx = _m.tanh(z.real), _m.tan(z.imag), 1 / _m.cosh(z.real)
    product = tx * ty
    below = 1 + product * product
    return complex(tx * (1 + ty * ty) / below, ty / below * cx * cx)


def cos(z, /):
    z = _complex(z)
    return cosh(complex(-z.imag, z.real))


def acos(z, /):
    z = _complex(z)
    s1, s2 = sqrt(complex(1 - z.real, -z.imag)), sqrt(complex(1 + z.real, z.imag))
    return complex(2 * _m.atan2(s1.real, s2.real), _m.asinh(s2.real * s1.imag - s2.imag * s1.real))


def acosh(z, /):
    z = _complex(z)
    s1, s2 = sqrt(complex(z.real - 1, z.imag)), sqrt(complex(z.real + 1, z.imag))
    return complex(_m.asinh(s1.real * s2.real + s1.imag * s2.imag), 2 * _m.atan2(s1.imag, s2.real))


def asinh(z, /):
    z = _complex(z)
    s1, s2 = sqrt(complex(1 + z.imag, -z.real)), sqrt(complex(1 - z.imag, z.real))
    return complex(_m.asinh(s1.real * s2.imag - s2.real * s1.imag), _m.atan2(z.imag, s1.real * s2.real - s1.imag * s2.imag))


def atanh(z, /):
    z = _complex(z)
    if z.real < 0 or (z.real == 0 and _m.copysign(1.0, z.real) < 0):
        w = atanh(-z)
        return complex(-w.real, -w.imag)
    x, y = z.real, abs(z.imag)
    if x == 1 and y < 1.4916681462400413e-154:
        if y == 0:
            raise ValueError("math domain error")
        return complex(-_m.log(_m.sqrt(y) / _m.sqrt(_m.hypot(y, 2.0))), _m.copysign(_m.atan2(2.0, -y) / 2, z.imag))
    real = _m.log1p(4 * x / ((1 - x) * (1 - x) + y * y)) / 4
    return complex(real, -_m.atan2(-2 * z.imag, (1 - x) * (1 + x) - y * y) / 2)


sin, tan, asin, atan = _turned(sinh), _turned(tanh), _turned(asinh), _turned(atanh)


def isfinite(z, /):
    z = _complex(z)
    return _m.isfinite(z.real) and _m.isfinite(z.imag)


def isinf(z, /):
    z = _complex(z)
    return _m.isinf(z.real) or _m.isinf(z.imag)


def isnan(z, /):
    z = _complex(z)
    return _m.isnan(z.real) or _m.isnan(z.imag)


def isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0):
    a, b = _complex(a), _complex(b)
    if rel_tol < 0 or abs_tol < 0:
        raise ValueError("tolerances must be non-negative")
    if a == b:
        return True
    if isinf(a) or isinf(b):
        return False
    difference = abs(a - b)
    return difference <= rel_tol * abs(b) or difference <= rel_tol * abs(a) or difference <= abs_tol
