# The rarer functions of `operator`. Runs in the module's own namespace.
import builtins as _builtins

abs = _builtins.abs
def call(obj, /, *args, **kwargs):
    return obj(*args, **kwargs)
def countOf(a, b, /):
    return sum([1 for one in a if one is b or one == b])
def indexOf(a, b, /):
    for i, one in enumerate(a):
        if one is b or one == b:
            return i
    raise ValueError("sequence.index(x): x not in sequence")
def length_hint(obj, default=0, /):
    if not isinstance(default, int):
        raise TypeError("'%s' object cannot be interpreted as an integer" % type(default).__name__)
    try:
        return len(obj)
    except TypeError:
        hint = getattr(type(obj), "__length_hint__", None)
        return default if hint is None else hint(obj)
def iand(a, b, /):
    a &= b
    return a
def ior(a, b, /):
    a |= b
    return a
def ixor(a, b, /):
    a ^= b
    return a
def ilshift(a, b, /):
    a <<= b
    return a
def irshift(a, b, /):
    a >>= b
    return a
def ifloordiv(a, b, /):
    a //= b
    return a
def imod(a, b, /):
    a %= b
    return a
def ipow(a, b, /):
    a **= b
    return a
def imatmul(a, b, /):
    a @= b
    return a
iconcat = iadd
