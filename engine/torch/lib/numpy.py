# numpy: its functions over PyTorch's operators, and the methods of its arrays. The classes, signs, subscripts and printing are C++
# (engine/torch/numpy), as are the names with an underscore that are not defined here. Here are the constants and the functions of elements; the
# files numpy_making.py to numpy_more.py, listed in make_numpy(), run after this one in the same module.
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


def _as_tensor(result):
    """As Tensor.__array_wrap__, which knows no bools."""
    result = asarray(result)
    return torch.from_numpy(result.astype('uint8') if result.dtype == bool_ else result)


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
        if out is not None and not isinstance(out, (ndarray, tuple)):
            raise TypeError('return arrays must be of ArrayType')
        if len(args) != self._count:
            raise TypeError(f'{self.__name__}() takes from {self._count} to {self._count + 1} positional arguments but {len(args)} were given')
        if out is None and _any([isinstance(x, torch.Tensor) for x in args]):
            return _as_tensor(self(*[asarray(x) for x in args]))
        if dtype is not None:
            args = [asarray(x, dtype) for x in args]
        if self._sign:
            args = [x if isinstance(x, (ndarray, generic, torch.Tensor)) else array(x) for x in args]
            args = [x.numpy() if isinstance(x, torch.Tensor) else x for x in args]
            if self.__name__ != 'matmul':
                _check_broadcast(args)
            result = self._sign(*args)
        else:
            result = _ufunc(self.__name__, self._function, args, self._to_float)
        if where is not True:
            result = globals()['where'](where, result, out if out is not None else zeros_like(result))
        if out is None:
            return result
        out = out[0] if isinstance(out, tuple) else out
        if not can_cast(result.dtype, out.dtype, 'same_kind'):
            raise _UFuncOutputCastingError(f"Cannot cast ufunc '{self.__name__}' output from {result.dtype!r} to {out.dtype!r} with casting rule 'same_kind'")
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
        (True, 1, 'sin cos tan sinh cosh tanh exp exp2 expm1 log log2 log10 log1p sqrt rint=round deg2rad rad2deg radians=deg2rad degrees=rad2deg floor ceil trunc '
                  'arcsin=asin arccos=acos arctan=atan arcsinh=asinh arccosh=acosh arctanh=atanh fabs=abs'),
        (False, 1, 'square logical_not signbit positive bitwise_not'),
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
absolute = ufunc('absolute', lambda x: x if x.dtype == torch.bool else torch.abs(x), False, 1)
sign = ufunc('sign', lambda x: torch.where(torch.isnan(x), x, torch.sign(x)), False, 1)
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
    """What numpy says of names that 1.24 took away, and nabla of those that it leaves out (_outside, in numpy_more.py)."""
    _outside(name)
    if name in _FORMER:
        raise AttributeError(f"module 'numpy' has no attribute '{name}'.\n`np.{name}` was a deprecated alias for the builtin `{name}`. To avoid this error in existing code, use "
                             f'`{name}` by itself. {_FORMER[name]}\nThe aliases was originally deprecated in NumPy 1.20; for more details and guidance see the original release note at:\n'
                             '    https://numpy.org/devdocs/release/1.20.0-notes.html#deprecations')
