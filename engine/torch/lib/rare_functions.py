# torch: functions that few programs call, written over others.
import torch as _torch
from builtins import max as _most, range as _count, int as _int


class _Fill0(_torch.autograd.Function):
    _suffix = ''

    @staticmethod
    def forward(ctx, input, value):
        ctx.of_number = not isinstance(value, _torch.Tensor)
        return _torch.full_like(input, value) if ctx.of_number else _torch.empty_like(input).copy_(value)

    @staticmethod
    def backward(ctx, g):
        return _torch.zeros_like(g), None if ctx.of_number else g.sum()


_fills = [type('FillBackward' + number, (_Fill0,), {}) for number in '01']


def fill(input, value):
    """input's shape, filled with value."""
    if isinstance(value, _torch.Tensor) and value.dim():
        raise RuntimeError(f'fill_ only supports 0-dimension value tensor but got tensor with {value.dim()} dimensions.')
    return _fills[isinstance(value, _torch.Tensor)].apply(input, value)


class _StridedScatter(_torch.autograd.Function):
    _suffix = ''

    @staticmethod
    def forward(ctx, input, src, size, stride, offset):
        ctx.place = size, stride, offset
        out = input.clone(memory_format=_torch.contiguous_format) if not input.is_contiguous() else input.clone()
        out.as_strided(size, stride, offset).copy_(src)
        return out

    @staticmethod
    def backward(ctx, g):
        g = g.contiguous()
        kept = g.clone()
        kept.as_strided(*ctx.place).zero_()
        return kept, g.as_strided(*ctx.place).clone(), None, None, None


_StridedScatter = type('AsStridedScatterBackward0', (_StridedScatter,), {})


def as_strided_scatter(input, src, size, stride, storage_offset=None):
    """A copy of input with src at the places that as_strided(size, stride, storage_offset) tells."""
    if tuple(src.shape) != tuple(size):
        raise RuntimeError('expected src to have a size equal to the slice of self. src size = '
                           f'{list(src.shape)}, slice size = {list(size)}')
    return _StridedScatter.apply(input, src, size, stride, storage_offset or 0)


_warned = []  # index_reduce warns once


def index_reduce(input, dim, index, source, reduce, *, include_self=True):
    """Rows of source gathered at the rows of input that index names, by 'prod', 'mean', 'amax' or 'amin'."""
    import warnings
    if not _warned:
        _warned.append(True)
        warnings.warn('index_reduce() is in beta and the API may change at any time.')
    if reduce not in ('prod', 'mean', 'amax', 'amin'):
        raise RuntimeError(f'index_reduce(): Expected reduce to be one of prod, mean, amax or amin but got {reduce}.')
    if index.dtype not in (_torch.int32, _torch.int64):
        raise RuntimeError('index_reduce_(): Expected dtype int32/int64 for index')
    if index.dim() > 1:
        raise RuntimeError('index_reduce_(): Index is supposed to be a vector, but got dim: ' + f'{index.dim()}' + ' with type: ' + index.type()[6:-6])
    shape = [1] * source.dim()
    if shape:
        shape[dim] = -1
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')  # scatter_reduce's own
        return input.scatter_reduce(dim, index.long().reshape(shape).expand_as(source), source, reduce, include_self=include_self)


def rrelu_(input, lower=1.0 / 8, upper=1.0 / 3, training=False):
    return input.copy_(_torch.nn.functional.rrelu(input, lower, upper, training))


def feature_dropout(input, p, train):
    """Whole channels are dropped."""
    return _torch.nn.functional.dropout2d(input, p, train) if input.dim() == 4 else _torch.nn.functional.dropout3d(input, p, train) if input.dim() == 5 else _by_channel(input, p, train)


def _by_channel(input, p, train):
    if input.dim() < 2:
        raise RuntimeError('Feature dropout requires at least 2 dimensions in the input')
    if not train or p == 0:
        return input
    kept = _torch.empty(input.shape[:2] + (1,) * (input.dim() - 2), dtype=input.dtype).bernoulli_(1 - p)
    return input * kept.div_(1 - p)


def feature_alpha_dropout(input, p, train):
    if train and p and input.dim() < 2:
        raise RuntimeError('Feature dropout requires at least 2 dimensions in the input')
    return _torch.nn.functional.feature_alpha_dropout(input, p, train)


def feature_dropout_(input, p, train):
    return input.copy_(feature_dropout(input, p, train)) if train and p else input


def feature_alpha_dropout_(input, p, train):
    return input.copy_(feature_alpha_dropout(input, p, train)) if train and p else input


def triangular_solve(b, A, upper=True, transpose=False, unitriangular=False):
    """The solution X of A X = b, and A."""
    import warnings
    warnings.warn('torch.triangular_solve is deprecated in favor of torch.linalg.solve_triangularand will be removed in a future PyTorch release.\n'
                  'torch.linalg.solve_triangular has its arguments reversed and does not return a copy of one of the inputs.\n'
                  'X = torch.triangular_solve(B, A).solution\nshould be replaced with\nX = torch.linalg.solve_triangular(A, B).')
    matrix = A.mT if transpose else A
    solution = _torch.linalg.solve_triangular(matrix, b, upper=upper != transpose, unitriangular=unitriangular)
    return _torch._other_spellings._named('triangular_solve', 'solution', 'cloned_coefficient')(solution, A.clone())


def igamma(input, other, *, out=None):
    return _torch.special.gammainc(input, other, out=out)


def igammac(input, other, *, out=None):
    return _torch.special.gammaincc(input, other, out=out)


# Nothing here runs in another order from one time to the next; the mode is only kept.
_deterministic = [0]


def use_deterministic_algorithms(mode, *, warn_only=False):
    _deterministic[0] = (1 if warn_only else 2) if mode else 0


def are_deterministic_algorithms_enabled():
    return _deterministic[0] != 0


def is_deterministic_algorithms_warn_only_enabled():
    return _deterministic[0] == 1


def get_deterministic_debug_mode():
    return _deterministic[0]


def set_deterministic_debug_mode(debug_mode):
    modes = ('default', 'warn', 'error')
    if not isinstance(debug_mode, (_int, str)):
        raise TypeError(f'debug_mode must be str or int, but got {type(debug_mode)}')
    if isinstance(debug_mode, str):
        if debug_mode not in modes:
            raise RuntimeError(f'invalid value of debug_mode, expected one of `default`, `warn`, `error`, but got {debug_mode}')
        debug_mode = modes.index(debug_mode)
    if debug_mode not in (0, 1, 2):
        raise RuntimeError(f'invalid value of debug_mode, expected 0, 1, or 2, but got {debug_mode}')
    _deterministic[0] = debug_mode


def set_anomaly_enabled(mode, check_nan=True):
    _torch.autograd.set_detect_anomaly(mode, check_nan)


def is_storage(obj):
    return type(obj).__name__ in ('TypedStorage', 'UntypedStorage')


def as_strided_(input, size, stride, storage_offset=None):
    return input.set_(input.as_strided(size, stride, *(() if storage_offset is None else (storage_offset,))))


def _give(names):
    for name in names.split():
        setattr(_torch.Tensor, name, globals()[name])


def _in_place(name):
    function = globals()[name[:-1]]

    def method(self, *args, **options):
        return self.copy_(function(self, *args, **options))
    method.__name__ = name
    setattr(_torch.Tensor, name, method)


_give('as_strided_scatter index_reduce igamma igammac triangular_solve as_strided_')
for _name in 'index_reduce_ igamma_ igammac_'.split():
    _in_place(_name)
