# The type complex, with the formulas of CPython's complexobject.c. Found when the name is first used (late_builtin); a literal 2j calls it.
import math as _math

_allocate = object.__new__


def _make(real, imag):
    made = _allocate(complex)
    made._real = real
    made._imag = imag
    return made


def _parts(value):
    """The two floats of a number; None for anything else."""
    if isinstance(value, complex):
        return value._real, value._imag
    if isinstance(value, (int, float)):
        return float(value), 0.0
    return None


def _number(value, words):
    """The parts of what can become a complex number by __complex__, __float__ or __index__."""
    found = _parts(value)
    if found is not None:
        return found
    kind = type(value)
    if hasattr(kind, "__complex__"):
        made = value.__complex__()
        if not isinstance(made, complex):
            raise TypeError(f"__complex__ returned non-complex (type {type(made).__name__})")
        return made._real, made._imag
    if hasattr(kind, "__float__") or hasattr(kind, "__index__"):
        return float(value), 0.0
    raise TypeError(f"complex() {words}, not '{kind.__name__}'")


def _read(text):
    """'1+2j' and the like: a float, a float with j, or both; brackets and blanks around are fine."""
    malformed = ValueError("complex() arg is a malformed string")
    text = text.strip()
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1].strip()
    if not text or any(c.isspace() for c in text):
        raise malformed

    def part(digits):
        if digits in ("", "+", "-"):
            digits += "1"
        try:
            return float(digits)
        except ValueError:
            raise malformed from None

    if text[-1] not in "jJ":
        if text[-1] in "+-":
            raise malformed
        return part(text), 0.0
    text = text[:-1]
    at = len(text) - 1
    while at > 0 and not (text[at] in "+-" and text[at - 1] not in "eE"):
        at -= 1
    if at <= 0:
        return 0.0, part(text)
    if text[:at] in ("+", "-"):
        raise malformed
    return part(text[:at]), part(text[at:])


def _product(a, b, c, d):
    return _make(a * c - b * d, a * d + b * c)


def _quotient(a, b, c, d):
    if abs(c) >= abs(d):
        if c == 0:
            raise ZeroDivisionError("complex division by zero")
        ratio = d / c
        below = c + d * ratio
        return _make((a + b * ratio) / below, (b - a * ratio) / below)
    if abs(d) >= abs(c):
        ratio = c / d
        below = c * ratio + d
        return _make((a * ratio + b) / below, (b * ratio - a) / below)
    return _make(_math.nan, _math.nan)


def _or_infinite(function, *args):
    try:
        return function(*args)
    except OverflowError:
        return _math.inf


def _whole_power(z, n):
    result = _make(1.0, 0.0)
    mask = 1
    while n >= mask:
        if n & mask:
            result = result * z
        mask <<= 1
        z = z * z
    return result


def _power(a, b, c, d):
    if d == 0 and c == _math.floor(c) and abs(c) <= 100:
        z = _make(a, b)
        result = _whole_power(z, int(c)) if c > 0 else _whole_power_below(z, int(c))
    elif c == 0 and d == 0:
        return _make(1.0, 0.0)
    elif a == 0 and b == 0:
        if d != 0 or c < 0:
            raise ZeroDivisionError("0.0 to a negative or complex power")
        return _make(0.0, 0.0)
    else:
        size = _math.hypot(a, b)
        angle = _math.atan2(b, a)
        length = _or_infinite(pow, size, c)
        phase = angle * c
        if d != 0:
            divisor = _or_infinite(_math.exp, angle * d)
            length = length / divisor if divisor else _math.inf
            phase += d * _math.log(size)
        result = _make(length * _math.cos(phase), length * _math.sin(phase))
    if _math.isinf(result._real) or _math.isinf(result._imag):
        if _math.isfinite(a) and _math.isfinite(b):
            raise OverflowError("complex exponentiation")
    return result


def _whole_power_below(z, n):
    try:
        return _make(1.0, 0.0) / _whole_power(z, -n)
    except ZeroDivisionError:
        raise ZeroDivisionError("0.0 to a negative or complex power") from None


def _text(x, sign):
    text = repr(x)
    if text.endswith(".0"):
        text = text[:-2]
    return "+" + text if sign and text[0] != "-" else text


def _is_plus_zero(x):
    return x == 0 and _math.copysign(1.0, x) == 1.0


class complex:
    """Create a complex number from a string or numbers."""
    __slots__ = ("_real", "_imag")

    def __new__(cls, real=0, imag=None):
        if isinstance(real, str):
            if imag is not None:
                raise TypeError("complex() can't take second arg if first is a string")
            re, im = _read(real)
        elif isinstance(imag, str):
            raise TypeError("complex() second arg can't be a string")
        else:
            re, im = _number(real, "first argument must be a string or a number")
            if imag is not None:
                more, turned = _number(imag, "second argument must be a number")
                if isinstance(imag, complex):
                    re -= turned
                im = im + more if isinstance(real, complex) else more
        made = _allocate(cls)
        made._real = re
        made._imag = im
        return made

    real = property(lambda self: self._real, doc="the real part of a complex number")
    imag = property(lambda self: self._imag, doc="the imaginary part of a complex number")

    def conjugate(self):
        return _make(self._real, -self._imag)

    def __complex__(self):
        return _make(self._real, self._imag)

    def __getnewargs__(self):
        return self._real, self._imag

    def __repr__(self):
        if _is_plus_zero(self._real):
            return _text(self._imag, False) + "j"
        return "(" + _text(self._real, False) + _text(self._imag, True) + "j)"

    def __format__(self, spec):
        if not spec:
            return str(self)
        kind = spec[-1] if spec[-1] in "eEfFgGn" else ""
        if not kind and (spec[-1].isalpha() or spec[-1] == "%"):
            raise ValueError(f"Unknown format code '{spec[-1]}' for object of type 'complex'")
        rest = spec[:len(spec) - len(kind)]
        fill, align = " ", ">"
        if len(rest) > 1 and rest[1] in "<>=^":
            fill, align, rest = rest[0], rest[1], rest[2:]
        elif rest and rest[0] in "<>=^":
            align, rest = rest[0], rest[1:]
        sign = ""
        if rest and rest[0] in "+- ":
            sign, rest = rest[0], rest[1:]
        if rest[:1] == "#":
            sign, rest = sign + "#", rest[1:]
        if rest[:1] == "0":
            raise ValueError("Zero padding is not allowed in complex format specifier")
        if align == "=":
            raise ValueError("'=' alignment flag is not allowed in complex format specifier")
        width = ""
        while rest and rest[0].isdigit():
            width, rest = width + rest[0], rest[1:]
        comma = ""
        if rest[:1] in (",", "_"):
            comma, rest = rest[0], rest[1:]
        if kind or rest:
            kind = kind or "g"

            def part(x, sign):
                return format(x, sign + comma + rest + kind)
        else:

            def part(x, sign):
                text = _text(x, False)
                return (sign if sign in ("+", " ") and text[0] != "-" else "") + text
        bare = spec[-1] not in "eEfFgGn"
        if bare and _is_plus_zero(self._real):
            text = part(self._imag, sign) + "j"
        else:
            text = part(self._real, sign) + part(self._imag, "+" + sign.lstrip("+- ")) + "j"
            if bare:
                text = "(" + text + ")"
        return format(text, fill + align + width) if width else text

    def __hash__(self):
        sum = (hash(self._real) + 1000003 * hash(self._imag)) & 0xFFFFFFFFFFFFFFFF
        if sum >= 1 << 63:
            sum -= 1 << 64
        return -2 if sum == -1 else sum

    def __bool__(self):
        return self._real != 0 or self._imag != 0

    def __eq__(self, other):
        if isinstance(other, complex):
            return self._real == other._real and self._imag == other._imag
        if isinstance(other, (int, float)):
            return self._imag == 0 and self._real == other
        return NotImplemented

    def __pos__(self):
        return _make(self._real, self._imag)

    def __neg__(self):
        return _make(-self._real, -self._imag)

    def __abs__(self):
        size = _math.hypot(self._real, self._imag)
        if _math.isinf(size) and _math.isfinite(self._real) and _math.isfinite(self._imag):
            raise OverflowError("absolute value too large")
        return size

    def __add__(self, other):
        if isinstance(other, complex):
            return _make(self._real + other._real, self._imag + other._imag)
        there = _parts(other)
        return NotImplemented if there is None else _make(self._real + there[0], self._imag + there[1])

    __radd__ = __add__

    def __sub__(self, other):
        there = _parts(other)
        return NotImplemented if there is None else _make(self._real - there[0], self._imag - there[1])

    def __rsub__(self, other):
        there = _parts(other)
        return NotImplemented if there is None else _make(there[0] - self._real, there[1] - self._imag)

    def __mul__(self, other):
        if isinstance(other, complex):
            a, b, c, d = self._real, self._imag, other._real, other._imag
            return _make(a * c - b * d, a * d + b * c)
        there = _parts(other)
        return NotImplemented if there is None else _product(self._real, self._imag, *there)

    def __rmul__(self, other):
        there = _parts(other)
        return NotImplemented if there is None else _product(*there, self._real, self._imag)

    def __truediv__(self, other):
        there = _parts(other)
        return NotImplemented if there is None else _quotient(self._real, self._imag, *there)

    def __rtruediv__(self, other):
        there = _parts(other)
        return NotImplemented if there is None else _quotient(*there, self._real, self._imag)

    def __pow__(self, other, modulo=None):
        there = _parts(other)
        if there is None:
            return NotImplemented
        if modulo is not None:
            raise ValueError("complex modulo")
        return _power(self._real, self._imag, *there)

    def __rpow__(self, other, modulo=None):
        there = _parts(other)
        return NotImplemented if there is None else _power(*there, self._real, self._imag)
