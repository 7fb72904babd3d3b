# The module `fractions`: exact rational numbers.
from math import gcd as _gcd
import re as _re

_FORMAT = _re.compile(r"\s*([-+]?)(?:(\d+)/(\d+)|(\d*)(?:\.(\d*))?(?:[eE]([-+]?\d+))?)\s*")

class Fraction:
    def __new__(cls, numerator=0, denominator=None):
        if denominator is None:
            if isinstance(numerator, (int, Fraction)):
                return _made(numerator.numerator, numerator.denominator)
            if isinstance(numerator, float):
                return _made(*numerator.as_integer_ratio())
            if not isinstance(numerator, str):
                raise TypeError("argument should be a string or a Rational instance")
            found = _FORMAT.fullmatch(numerator)
            if found is None or not (found[2] or found[4] or found[5]):
                raise ValueError("Invalid literal for Fraction: %r" % numerator)
            if found[2]:
                top, bottom = int(found[2]), int(found[3])
                if not bottom:
                    raise ZeroDivisionError(f"Fraction({top}, 0)")
            else:
                digits = found[5] or ""
                top, bottom = int((found[4] or "") + digits), 10 ** len(digits)
                exponent = int(found[6] or 0)
                top, bottom = top * 10 ** max(exponent, 0), bottom * 10 ** max(-exponent, 0)
            return _made(-top if found[1] == "-" else top, bottom)
        if not (isinstance(numerator, (int, Fraction)) and isinstance(denominator, (int, Fraction))):
            raise TypeError("both arguments should be Rational instances")
        if denominator == 0:
            raise ZeroDivisionError(f"Fraction({numerator}, 0)")
        return _made(numerator.numerator * denominator.denominator, numerator.denominator * denominator.numerator)

    numerator = property(lambda self: self._numerator)
    denominator = property(lambda self: self._denominator)
    real = property(lambda self: self)
    imag = property(lambda self: 0)

    @classmethod
    def from_float(cls, f):
        return _made(*f.as_integer_ratio())
    def as_integer_ratio(self):
        return self._numerator, self._denominator
    def limit_denominator(self, max_denominator=1000000):
        """The nearest fraction whose denominator is no larger: by continued fractions."""
        if max_denominator < 1:
            raise ValueError("max_denominator should be at least 1")
        if self._denominator <= max_denominator:
            return self
        p0, q0, p1, q1 = 0, 1, 1, 0
        n, d = self._numerator, self._denominator
        while True:
            a = n // d
            if q0 + a * q1 > max_denominator:
                break
            p0, q0, p1, q1 = p1, q1, p0 + a * p1, q0 + a * q1
            n, d = d, n - a * d
        k = (max_denominator - q0) // q1
        one, other = _made(p0 + k * p1, q0 + k * q1), _made(p1, q1)
        return other if abs(other - self) <= abs(one - self) else one

    def __repr__(self):
        return f"Fraction({self._numerator}, {self._denominator})"
    def __str__(self):
        return str(self._numerator) if self._denominator == 1 else f"{self._numerator}/{self._denominator}"
    def __hash__(self):
        if self._denominator == 1:
            return hash(self._numerator)
        modulus = 2 ** 61 - 1
        value = 314159 if self._denominator % modulus == 0 else abs(self._numerator) * pow(self._denominator, modulus - 2, modulus) % modulus
        return -2 if self._numerator < 0 and value == 1 else -value if self._numerator < 0 else value
    def __add__(a, b): return _apply(a, b, _add, lambda x, y: x + y)
    def __radd__(b, a): return _apply(a, b, _add, lambda x, y: x + y)
    def __sub__(a, b): return _apply(a, b, _sub, lambda x, y: x - y)
    def __rsub__(b, a): return _apply(a, b, _sub, lambda x, y: x - y)
    def __mul__(a, b): return _apply(a, b, _mul, lambda x, y: x * y)
    def __rmul__(b, a): return _apply(a, b, _mul, lambda x, y: x * y)
    def __truediv__(a, b): return _apply(a, b, _div, lambda x, y: x / y)
    def __rtruediv__(b, a): return _apply(a, b, _div, lambda x, y: x / y)
    def __floordiv__(a, b): return _apply(a, b, _floordiv, lambda x, y: x // y)
    def __rfloordiv__(b, a): return _apply(a, b, _floordiv, lambda x, y: x // y)
    def __mod__(a, b): return _apply(a, b, _mod, lambda x, y: x % y)
    def __rmod__(b, a): return _apply(a, b, _mod, lambda x, y: x % y)
    def __divmod__(a, b): return a // b, a % b
    def __rdivmod__(b, a): return a // b, a % b
    def __pow__(a, b):
        if isinstance(b, Fraction) and b._denominator == 1:
            b = b._numerator
        if not isinstance(b, int):
            return float(a) ** float(b)
        if b >= 0:
            return _made(a._numerator ** b, a._denominator ** b)
        if not a._numerator:
            raise ZeroDivisionError(f"Fraction({a._denominator ** -b}, 0)")
        return _made(a._denominator ** -b, a._numerator ** -b)
    def __rpow__(b, a):
        return a ** b._numerator if b._denominator == 1 and b._numerator >= 0 else (Fraction(a) ** b._numerator if b._denominator == 1 and isinstance(a, int) else a ** float(b))
    def __pos__(self): return self
    def __neg__(self): return _made(-self._numerator, self._denominator)
    def __abs__(self): return _made(abs(self._numerator), self._denominator)
    def __bool__(self): return self._numerator != 0
    def __float__(self): return self._numerator / self._denominator
    def __int__(self): return -(-self._numerator // self._denominator) if self._numerator < 0 else self._numerator // self._denominator
    __trunc__ = __int__
    def __floor__(self): return self._numerator // self._denominator
    def __ceil__(self): return -(-self._numerator // self._denominator)
    def __round__(self, ndigits=None):
        if ndigits is not None:
            shift = Fraction(10) ** ndigits
            return Fraction(round(self * shift)) / shift
        floor, rest = divmod(self._numerator, self._denominator)
        if rest * 2 == self._denominator:
            return floor + floor % 2
        return floor + (rest * 2 > self._denominator)
    def __eq__(a, b): return _compare(a, b, lambda x, y: x == y)
    def __lt__(a, b): return _compare(a, b, lambda x, y: x < y)
    def __le__(a, b): return _compare(a, b, lambda x, y: x <= y)
    def __gt__(a, b): return _compare(a, b, lambda x, y: x > y)
    def __ge__(a, b): return _compare(a, b, lambda x, y: x >= y)
    def __copy__(self): return self
    def __deepcopy__(self, memo): return self

def _made(numerator, denominator):
    self = object.__new__(Fraction)
    shared = _gcd(numerator, denominator)
    if denominator < 0:
        shared = -shared
    self._numerator, self._denominator = numerator // shared, denominator // shared
    return self

def _apply(a, b, exact, inexact):
    if isinstance(a, (int, Fraction)) and isinstance(b, (int, Fraction)):
        return exact(a.numerator, a.denominator, b.numerator, b.denominator)
    if isinstance(a, float) or isinstance(b, float):
        return inexact(float(a), float(b))
    return NotImplemented

def _compare(a, b, ask):
    if isinstance(b, (int, Fraction)):
        return ask(a._numerator * b.denominator, b.numerator * a._denominator)
    if isinstance(b, float):
        return ask(a, Fraction(b)) if b - b == 0 else ask(0.0, b)
    return NotImplemented

def _add(a, b, c, d): return _made(a * d + c * b, b * d)
def _sub(a, b, c, d): return _made(a * d - c * b, b * d)
def _mul(a, b, c, d): return _made(a * c, b * d)
def _div(a, b, c, d):
    if not c:
        raise ZeroDivisionError(f"Fraction({a * d // _gcd(a * d, b)}, 0)" if a else "Fraction(0, 0)")
    return _made(a * d, b * c)
def _floordiv(a, b, c, d): return (a * d) // (b * c)
def _mod(a, b, c, d): return _made((a * d) % (b * c), b * d)
