# torch: functions that are made of others, and those that torch.nn.functional has under a friendlier form (torch.dropout, torch.kl_div: a reduction is a number here,
# training has no default). A module of its own, whose public names torch takes over when one is first missed.
import math as _math
import warnings as _warnings
from builtins import range as _count
import torch as _torch
import torch.nn.functional as _F


def _reduction(number):
    """Any other number than these two means none; so does leaving it out."""
    return {1: 'mean', 2: 'sum'}.get(number, 'none')


def _type_of(x):
    return type(x).__name__


def _name_of(dtype):
    """As messages have it: Float, Long."""
    return _torch.zeros(0, dtype=dtype).type()[6:-6]


def _takes(*names):
    """Says that the first arguments are tensors, in PyTorch's words."""
    def wrap(function):
        def checked(*args, **kwargs):
            for position, name in enumerate(names):
                given = args[position] if position < len(args) else kwargs.get(name, _torch)
                if given is not _torch and not isinstance(given, _torch.Tensor):
                    where = f'(position {position + 1}) ' if position < len(args) else ''
                    raise TypeError(f"{function.__name__}(): argument '{name}' {where}must be Tensor, not {_type_of(given)}")
            return function(*args, **kwargs)
        checked.__name__ = checked.__qualname__ = function.__name__
        return checked
    return wrap


# ---- what a method does in place, as a function

def _of_method(name):
    @_takes('input')
    def function(input, *args, **kwargs):
        return getattr(input, name)(*args, **kwargs)
    function.__name__ = function.__qualname__ = name
    return function


for _name in ('addmv_ clamp_ clamp_max_ clamp_min_ clip_ detach_ fill_ gcd_ lcm_ ldexp_ logit_ nan_to_num_ xlogy_ zero_ index_put_ resize_as_ conj conj_physical conj_physical_ is_conj is_neg is_distributed resolve_conj resolve_neg '
              'unflatten get_device narrow_copy').split():
    globals()[_name] = _of_method(_name)


@_takes('input')
def celu_(input, alpha=1.0):
    return _F.celu(input, alpha, inplace=True)


@_takes('input')
def selu_(input):
    return _F.selu(input, inplace=True)


@_takes('input')
def threshold_(input, threshold, value):
    return _F.threshold(input, threshold, value, inplace=True)


# ---- dropout: `train` has no default

def _dropouts(name):
    @_takes('input')
    def out_of_place(input, p, train):
        _check_probability(p)
        return getattr(_F, name)(input, p, train)

    @_takes('input')
    def in_place(input, p, train):
        _check_probability(p)
        return getattr(_F, name)(input, p, train, inplace=True)
    out_of_place.__name__, in_place.__name__ = name, name + '_'
    return out_of_place, in_place


def _check_probability(p):
    if not 0 <= p <= 1:
        raise RuntimeError(f'dropout probability has to be between 0 and 1, but got {p:g}')


dropout, dropout_ = _dropouts('dropout')
alpha_dropout, alpha_dropout_ = _dropouts('alpha_dropout')


# ---- losses: the reduction is a number

@_takes('input', 'target')
def kl_div(input, target, reduction=0, *, log_target=False):
    loss = _F.kl_div(input, target, reduction='none', log_target=log_target)
    return loss.mean() if reduction == 1 else loss.sum() if reduction == 2 else loss


@_takes('input1', 'input2', 'target')
def cosine_embedding_loss(input1, input2, target, margin=0.0, reduction=0):
    return _F.cosine_embedding_loss(input1, input2, target, margin, reduction=_reduction(reduction))


@_takes('input1', 'input2', 'target')
def margin_ranking_loss(input1, input2, target, margin=0.0, reduction=0):
    return _F.margin_ranking_loss(input1, input2, target, margin, reduction=_reduction(reduction))


@_takes('input', 'target')
def hinge_embedding_loss(input, target, margin=1.0, reduction=0):
    return _F.hinge_embedding_loss(input, target, margin, reduction=_reduction(reduction))


@_takes('input', 'target')
def poisson_nll_loss(input, target, log_input, full, eps, reduction):
    return _F.poisson_nll_loss(input, target, log_input, full, eps=eps, reduction=_reduction(reduction))


@_takes('anchor', 'positive', 'negative')
def triplet_margin_loss(anchor, positive, negative, margin=1.0, p=2, eps=1e-06, swap=False, reduction=0):
    return _F.triplet_margin_loss(anchor, positive, negative, margin, p, eps, swap, reduction=_reduction(reduction))


@_takes('input', 'target')
def binary_cross_entropy_with_logits(input, target, weight=None, pos_weight=None, reduction=0):
    return _F.binary_cross_entropy_with_logits(input, target, weight, reduction=_reduction(reduction), pos_weight=pos_weight)


@_takes('log_probs', 'targets')
def ctc_loss(log_probs, targets, input_lengths, target_lengths, blank=0, reduction=0, zero_infinity=False):
    return _F.ctc_loss(log_probs, targets, input_lengths, target_lengths, blank, _reduction(reduction), zero_infinity)


# ---- layers

@_takes('weight', 'indices')
def embedding(weight, indices, padding_idx=-1, scale_grad_by_freq=False, sparse=False):
    return _F.embedding(indices, weight, padding_idx=None if padding_idx < 0 else padding_idx, scale_grad_by_freq=scale_grad_by_freq, sparse=sparse)


@_takes('input')
def batch_norm(input, weight, bias, running_mean, running_var, training, momentum, eps, cudnn_enabled):
    return _F.batch_norm(input, running_mean, running_var, weight, bias, training, momentum, eps)


@_takes('input')
def instance_norm(input, weight, bias, running_mean, running_var, use_input_stats, momentum, eps, cudnn_enabled):
    return _F.instance_norm(input, running_mean, running_var, weight, bias, use_input_stats, momentum, eps)


@_takes('input')
def channel_shuffle(input, groups):
    return _F.channel_shuffle(input, groups)


@_takes('input')
def pdist(input, p=2):
    return _F.pdist(input, p)


@_takes('input')
def max_pool1d_with_indices(input, kernel_size, stride=(), padding=0, dilation=1, ceil_mode=False):
    return _F.max_pool1d_with_indices(input, kernel_size, stride or None, padding, dilation, ceil_mode)


def _gates(input, hx, w_ih, w_hh, b_ih, b_hh):
    return _F.linear(input, w_ih, b_ih), _F.linear(hx, w_hh, b_hh)


@_takes('input', 'hx', 'w_ih', 'w_hh')
def rnn_tanh_cell(input, hx, w_ih, w_hh, b_ih=None, b_hh=None):
    return _torch.tanh(sum(_gates(input, hx, w_ih, w_hh, b_ih, b_hh)))


@_takes('input', 'hx', 'w_ih', 'w_hh')
def rnn_relu_cell(input, hx, w_ih, w_hh, b_ih=None, b_hh=None):
    return _torch.relu(sum(_gates(input, hx, w_ih, w_hh, b_ih, b_hh)))


@_takes('input', 'hx', 'w_ih', 'w_hh')
def gru_cell(input, hx, w_ih, w_hh, b_ih=None, b_hh=None):
    of_input, of_state = (gates.chunk(3, 1) for gates in _gates(input, hx, w_ih, w_hh, b_ih, b_hh))
    reset, update = (of_state[i].add(of_input[i]).sigmoid() for i in (0, 1))
    new = of_input[2].add(of_state[2].mul(reset)).tanh()
    return (hx - new).mul(update).add(new)


@_takes('input')
def lstm_cell(input, hx, w_ih, w_hh, b_ih=None, b_hh=None):
    state, cell = hx
    into, forget, new, out = sum(_gates(input, state, w_ih, w_hh, b_ih, b_hh)).chunk(4, 1)
    cell = forget.sigmoid() * cell + into.sigmoid() * new.tanh()
    return out.sigmoid() * cell.tanh(), cell


# ---- making

def range(start=0, end=None, step=1, *, out=None, dtype=None, layout=None, device=None, requires_grad=False):
    """Both ends included. Deprecated in PyTorch, which says so each time."""
    import warnings
    if end is None:
        raise TypeError('range() missing 1 required positional arguments: "end"')
    warnings.warn('torch.range is deprecated and will be removed in a future release because its behavior is inconsistent with Python\'s range builtin. '
                  'Instead, use torch.arange, which produces values in [start, end).', UserWarning, stacklevel=2)
    if step == 0:
        raise RuntimeError('step must be nonzero')
    if (end - start) * step < 0:
        raise RuntimeError('upper bound and lower bound inconsistent with step sign')
    count = _math.floor((end - start) / step + 1)
    made = (_torch.arange(count, dtype=_torch.float64) * step + start).to(dtype or _torch.get_default_dtype())
    if out is not None:
        return out.resize_(count).copy_(made)
    return made.requires_grad_(requires_grad)


def asarray(obj, *, dtype=None, device=None, copy=None, requires_grad=False):
    """A tensor of anything; shares the memory of tensors and arrays where it can. What shares a tensor's graph does so no more."""
    if isinstance(obj, _torch.Tensor):
        made = obj
    elif type(obj).__module__ == 'numpy' and hasattr(obj, 'dtype'):
        made = _torch.from_numpy(obj) if obj.ndim else _torch.tensor([obj.item()], dtype=_torch.tensor(obj).dtype)
    else:
        if copy is False:
            raise ValueError("can't alias arbitrary sequence into a tensor.")
        return _torch.tensor(obj, dtype=dtype, requires_grad=requires_grad)
    wanted = dtype or made.dtype
    if wanted != made.dtype:
        if copy is False:
            raise ValueError("can't alias tensor with dtype '%s' into dtype '%s'." % (made.type()[6:-6], _name_of(wanted)))
        made = made.to(wanted)
    elif copy:
        made = made.clone()
    if made.requires_grad and not requires_grad:
        made = made.detach_()
    return made.requires_grad_(requires_grad)


def empty_strided(size, stride, *, dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False):
    reach = 1 + sum((s - 1) * t for s, t in zip(size, stride)) if all(size) else 0
    return _torch.empty(reach, dtype=dtype).as_strided(size, stride).requires_grad_(requires_grad)


# ---- windows, as scipy.signal.windows has them: periodic ones are the symmetric ones of one more, less the last

def _window(name, count, periodic, dtype, requires_grad, values):
    if type(count) is not int:
        raise TypeError(f"{name}(): argument 'window_length' (position 1) must be int, not {_type_of(count)}")
    wanted = dtype or _torch.get_default_dtype()
    if not wanted.is_floating_point:
        raise RuntimeError(f'{name} expects floating point dtypes, got: TensorOptions(dtype={_torch._out_types.C_NAMES[_name_of(wanted)]}, device=cpu, layout=Strided (default), '
                           'requires_grad=false (default), pinned_memory=false, memory_format=(nullopt))')
    if count < 0:
        raise RuntimeError(f'{name} requires non-negative window_length, got window_length={count}')
    if count < 2:
        return _torch.ones(count, dtype=wanted, requires_grad=requires_grad)
    n = count + 1 if periodic else count
    made = values(n, wanted)
    return (made[:-1].clone() if periodic else made).requires_grad_(requires_grad)


def bartlett_window(window_length, periodic=True, *, dtype=None, layout=None, device=None, pin_memory=False, requires_grad=False):
    def values(n, dtype):
        window = _torch.arange(n, dtype=dtype) * (2.0 / (n - 1))
        half = ((n - 1) >> 1) + 1
        window[half:] = window[half:] * -1 + 2
        return window
    return _window('bartlett_window', window_length, periodic, dtype, requires_grad, values)


def hamming_window(window_length, periodic=True, alpha=0.54, beta=0.46, *, dtype=None, layout=None, device=None, pin_memory=False, requires_grad=False):
    def values(n, dtype):
        return _torch.arange(n, dtype=dtype).mul_(_math.pi * 2 / (n - 1)).cos_().mul_(-beta).add_(alpha)
    return _window('hamming_window', window_length, periodic, dtype, requires_grad, values)


def hann_window(window_length, periodic=True, *, dtype=None, layout=None, device=None, pin_memory=False, requires_grad=False):
    def values(n, dtype):
        return hamming_window(n, False, 0.5, 0.5, dtype=dtype)
    return _window('hann_window', window_length, periodic, dtype, requires_grad, values)


def blackman_window(window_length, periodic=True, *, dtype=None, layout=None, device=None, pin_memory=False, requires_grad=False):
    def values(n, dtype):
        window = _torch.arange(n, dtype=dtype).mul_(_math.pi / (n - 1))
        return window.mul(4).cos_().mul_(0.08) - window.mul(2).cos_().mul_(0.5) + 0.42
    return _window('blackman_window', window_length, periodic, dtype, requires_grad, values)


def kaiser_window(window_length, periodic=True, beta=12.0, *, dtype=None, layout=None, device=None, pin_memory=False, requires_grad=False):
    def values(n, dtype):
        x = _torch.arange(n, dtype=dtype)
        return _torch.i0(beta * _torch.sqrt(1 - ((x - (n - 1) / 2) / ((n - 1) / 2)) ** 2)) / _torch.i0(_torch.tensor(beta, dtype=dtype))
    return _window('kaiser_window', window_length, periodic, dtype, requires_grad, values)


# ---- numbers of a tensor

def _differences(x, spacing, dim, edge_order):
    """Source: second-order differences on a grid of any spacing, as numpy.gradient has them."""
    n = x.size(dim)

    def at(first, last):
        return x.narrow(dim, first, last - first)
    if isinstance(spacing, _torch.Tensor):
        shape = [1] * x.dim()
        shape[dim] = -1
        steps = (spacing[1:] - spacing[:-1]).view(shape)

        def step(first, last):
            return steps.narrow(dim, first, last - first)
        h0, h1 = step(0, n - 2), step(1, n - 1)
        inner = -(h1 / (h0 * (h0 + h1))) * at(0, n - 2) + (h1 - h0) / (h0 * h1) * at(1, n - 1) + h0 / (h1 * (h0 + h1)) * at(2, n)
        a, b = step(0, 1), step(n - 2, n - 1)
        if edge_order == 1:
            return _torch.cat([(at(1, 2) - at(0, 1)) / a, inner, (at(n - 1, n) - at(n - 2, n - 1)) / b], dim)
        a2, b2 = step(1, 2), step(n - 3, n - 2)
        first = -(2.0 * a + a2) / (a * (a + a2)) * at(0, 1) + (a + a2) / (a * a2) * at(1, 2) - a / (a2 * (a + a2)) * at(2, 3)
        last = b / (b2 * (b2 + b)) * at(n - 3, n - 2) - (b2 + b) / (b2 * b) * at(n - 2, n - 1) + (2.0 * b + b2) / (b * (b2 + b)) * at(n - 1, n)
        return _torch.cat([first, inner, last], dim)
    h = spacing
    inner = (at(2, n) - at(0, n - 2)) / (2 * h)
    if edge_order == 1:
        return _torch.cat([(at(1, 2) - at(0, 1)) / h, inner, (at(n - 1, n) - at(n - 2, n - 1)) / h], dim)
    first = (at(1, 2) * 4 - at(0, 1) * 3 - at(2, 3)) / (2 * h)
    last = (at(n - 1, n) * 3 - at(n - 2, n - 1) * 4 + at(n - 3, n - 2)) / (2 * h)
    return _torch.cat([first, inner, last], dim)


@_takes('input')
def gradient(input, *, spacing=None, dim=None, edge_order=1):
    """Central differences along each dimension; differences of one side (or of second order) at the edges."""
    x = input if input.is_floating_point() else input.to(_torch.get_default_dtype())
    dims = list(_torch.arange(x.dim()).tolist()) if dim is None else [dim] if isinstance(dim, int) else list(dim)
    if spacing is None:
        spacings = [1] * len(dims)
    elif isinstance(spacing, (tuple, list)):
        spacings = list(spacing)
    else:
        spacings = [spacing] * len(dims)
    if len(spacings) != len(dims):
        raise RuntimeError(f'torch.gradient expected spacing to be unspecified, a scalar or a list of length {len(dims)} but got a list of length {len(spacings)}')
    if edge_order not in (1, 2):
        raise RuntimeError('torch.gradient only supports edge_order=1 and edge_order=2.')
    for one in dims:
        if x.size(one) < edge_order + 1:
            raise RuntimeError('torch.gradient expected each dimension size to be at least edge_order+1')
    return tuple([_differences(x, points, one % x.dim(), edge_order) for one, points in zip(dims, spacings)])


@_takes('input')
def frexp(input, *, out=None):
    if not input.is_floating_point():
        raise RuntimeError('torch.frexp() only supports floating-point dtypes')
    pairs = [_math.frexp(x) if _math.isfinite(x) else (x, 0) for x in input.reshape(-1).tolist()]
    mantissa = _torch.tensor([m for m, _ in pairs], dtype=input.dtype).view(input.shape)
    exponent = _torch.tensor([e for _, e in pairs], dtype=_torch.int32).view(input.shape)
    return _named('frexp', 'mantissa', 'exponent')(mantissa, exponent)


@_takes('input')
def histogram(input, bins=100, *, range=None, weight=None, density=False, out=None):
    """How many elements (or how much weight) lies between the edges; the last bin holds its right edge too."""
    if not input.is_floating_point():
        raise RuntimeError(f'"histogramdd" not implemented for \'{input.type()[6:-6]}\'')
    values = input.detach().reshape(-1)
    if isinstance(bins, _torch.Tensor):
        edges = bins
    else:
        if range is None:
            low, high = (values.min().item(), values.max().item()) if values.numel() else (0.0, 0.0)
        else:
            low, high = range
            if low > high:
                raise RuntimeError(f'torch.histogramdd: min should not exceed max, but got min {low:g} max {high:g} for dimension 0')
        if low == high:
            low, high = (low - 0.5, high + 0.5)
        edges = _torch.linspace(low, high, bins + 1, dtype=input.dtype)
    weights = _torch.ones_like(values) if weight is None else weight.detach().reshape(-1)
    inside = (values >= edges[0]) & (values <= edges[-1])
    places = (_torch.bucketize(values[inside], edges, right=True) - 1).clamp_(max=len(edges) - 2)
    counts = _torch.zeros(len(edges) - 1, dtype=input.dtype).index_add_(0, places, weights[inside])
    if density:
        counts = counts / counts.sum() / (edges[1:] - edges[:-1])
    return _named('histogram', 'hist', 'bin_edges')(counts, edges)


def _named(name, *fields):
    """torch.return_types.NAME"""
    class Results(tuple):
        def __repr__(self):
            return f'torch.return_types.{name}(\n' + ',\n'.join(f'{field}={value!r}' for field, value in zip(fields, self)) + ')'
    Results.__name__ = Results.__qualname__ = name
    Results.__module__ = 'torch.return_types'
    for i, field in enumerate(fields):
        setattr(Results, field, property(lambda self, i=i: self[i]))
    return lambda *values: Results(values)


@_takes('input')
def nuclear_norm(input, dim=(-2, -1), keepdim=False):
    return input.norm('nuc', dim, keepdim)


@_takes('input')
def frobenius_norm(input, dim=(), keepdim=False):
    if dim == ():
        return input.norm()
    if isinstance(dim, int) or len(dim) == 1:
        return input.norm(2, dim, keepdim)
    return input.mul(input).sum(dim, keepdim).sqrt()


# ---- triangular factors

@_takes('input', 'input2')
def cholesky_solve(input, input2, upper=False):
    """X with A X = input, where input2 is the Cholesky factor of A. Made of two triangular solutions."""
    lower = input2.mT if upper else input2
    half = _torch.linalg.solve_triangular(lower, input, upper=False)
    return _torch.linalg.solve_triangular(lower.mT, half, upper=True)


@_takes('input')
def cholesky_inverse(input, upper=False):
    return cholesky_solve(_torch.eye(input.size(-1), dtype=input.dtype).expand(input.shape).contiguous(), input, upper)


def lu_unpack(LU_data, LU_pivots, unpack_data=True, unpack_pivots=True):
    P, L, U = _torch.linalg._unpack(LU_data, LU_pivots)
    none = _torch.empty(0, dtype=LU_data.dtype)
    return _named('lu_unpack', 'P', 'L', 'U')(P if unpack_pivots else none, L if unpack_data else none, U if unpack_data else none)


# ---- settings that change nothing here

_settings = {'warn_always': False, 'precision': 'highest', 'interop': 1}


def set_warn_always(mode):
    _settings['warn_always'] = bool(mode)


def is_warn_always_enabled():
    return _settings['warn_always']


def get_float32_matmul_precision():
    return _settings['precision']


def set_float32_matmul_precision(precision):
    if precision not in ('highest', 'high', 'medium'):
        raise RuntimeError(f"set_float32_matmul_precision: value '{precision}' is not one of 'highest', 'high', 'medium'")
    _settings['precision'] = precision


def get_num_interop_threads():
    return _settings['interop']


def set_num_interop_threads(count):
    _settings['interop'] = count


def set_flush_denormal(mode):
    return False


@_takes('input')
def real(input):
    return input.real


@_takes('input')
def imag(input):
    return input.imag


@_takes('input')
def geqrf(input):
    return _torch.linalg._geqrf(input)


@_takes('input', 'tau')
def orgqr(input, tau):
    return _torch.linalg.householder_product(input, tau)


# ---- recurrent layers as functions of their parameters

def _layer_function(name, kind, **more):
    def function(input, hx, params, has_biases, num_layers, dropout, train, bidirectional, batch_first):
        layer = kind.__new__(kind)
        _torch.nn.Module.__init__(layer)
        several = isinstance(hx, (tuple, list))
        fields = dict(more, input_size=input.size(-1), hidden_size=(hx[-1] if several else hx).size(-1), num_layers=num_layers, bias=has_biases,
                      batch_first=batch_first, dropout=dropout, bidirectional=bidirectional, training=train, proj_size=0)
        if several and hx[0].size(-1) != hx[1].size(-1):
            fields['proj_size'] = hx[0].size(-1)
        layer.__dict__.update(fields)
        names = [part + suffix for level in _count(num_layers) for suffix in layer._suffixes(level) for part in layer._names()]
        layer.__dict__.update(zip(names, params))
        output, last = layer(input, tuple(hx) if several else hx)
        return (output, *last) if several else (output, last)
    function.__name__ = function.__qualname__ = name
    return function


def _make_layer_functions():
    step = _torch.nn.RNN.__init__.__globals__
    return [_layer_function('lstm', _torch.nn.LSTM), _layer_function('gru', _torch.nn.GRU),
            *[_layer_function(f'rnn_{kind}', _torch.nn.RNN, _step=step[f'_{kind}_step']) for kind in ('tanh', 'relu')]]


lstm, gru, rnn_tanh, rnn_relu = _make_layer_functions()


# ---- factors, as torch had them before torch.linalg

def _removed(name, as_tuple=False):
    def function(*args, **kwargs):
        was, now = 'This function was deprecated since version 1.9 and is now removed.', f'Please use the `torch.linalg.{name}` function instead.'
        raise RuntimeError(*((was, now) if as_tuple else (f'{was} {now}',)))
    function.__name__ = function.__qualname__ = name
    return function


eig, solve, lstsq, matrix_rank = _removed('eig'), _removed('solve'), _removed('lstsq', True), _removed('matrix_rank', True)


def _instead(old, new, *lines):
    _warnings.warn(f'{old} is deprecated in favor of {new}and will be removed in a future PyTorch release.\n' + '\n'.join(lines))


@_takes('input')
def symeig(input, eigenvectors=False, upper=True):
    _instead('torch.symeig', 'torch.linalg.eigh ', 'The default behavior has changed from using the upper triangular portion of the matrix by default to using '
             'the lower triangular portion.', 'L, _ = torch.symeig(A, upper=upper)', 'should be replaced with', "L = torch.linalg.eigvalsh(A, UPLO='U' if upper else 'L')",
             'and', 'L, V = torch.symeig(A, eigenvectors=True)', 'should be replaced with', "L, V = torch.linalg.eigh(A, UPLO='U' if upper else 'L')")
    UPLO = 'U' if upper else 'L'
    pair = _torch.linalg.eigh(input, UPLO=UPLO) if eigenvectors else (_torch.linalg.eigvalsh(input, UPLO=UPLO), input.new_empty(0))
    return _named('symeig', 'eigenvalues', 'eigenvectors')(*pair)


@_takes('A')
def lu(A, pivot=True, get_infos=False):
    _instead('torch.lu', 'torch.linalg.lu_factor / torch.linalg.lu_factor_ex ', 'LU, pivots = torch.lu(A, compute_pivots)', 'should be replaced with',
             'LU, pivots = torch.linalg.lu_factor(A, compute_pivots)', 'and', 'LU, pivots, info = torch.lu(A, compute_pivots, get_infos=True)', 'should be replaced with',
             'LU, pivots, info = torch.linalg.lu_factor_ex(A, compute_pivots)')
    LU, pivots, infos = _torch.linalg.lu_factor_ex(A, pivot=pivot)
    return (LU, pivots, infos) if get_infos else (LU, pivots)


@_takes('b', 'LU_data', 'LU_pivots')
def lu_solve(b, LU_data, LU_pivots):
    _instead('torch.lu_solve', 'torch.linalg.lu_solve', 'Note that torch.linalg.lu_solve has its arguments reversed.', 'X = torch.lu_solve(B, LU, pivots)',
             'should be replaced with', 'X = torch.linalg.lu_solve(LU, pivots, B)')
    return _torch.linalg.lu_solve(LU_data, LU_pivots, b)


def svd_lowrank(A, q=6, niter=2, M=None):
    """U, S and V of A (less M), of about rank q, by products with random numbers. Source: Halko, Martinsson and Tropp (2009)."""
    q, niter = 6 if q is None else q, 2 if niter is None else niter
    A = A if M is None else A - M
    m, n = A.shape[-2:]
    turned = m < n or n > q
    C = A.mT if turned else A
    qr = _torch.linalg.qr
    Q = qr(C @ _torch.randn(C.shape[-1], q, dtype=A.dtype)).Q
    for _ in _count(niter):
        Q = qr(C @ qr(C.mT @ Q).Q).Q
    B = A @ Q if turned else (A.mT @ Q).mT
    assert B.shape[-1] <= B.shape[-2], B.shape
    U, S, Vh = _torch.linalg.svd(B, full_matrices=False)
    return (U, S, Q @ Vh.mT) if turned else (Q @ U, S, Vh.mT)


def pca_lowrank(A, q=None, center=True, niter=2):
    m, n = A.shape[-2:]
    if q is None:
        q = min(6, m, n)
    elif not 0 <= q <= min(m, n):
        raise ValueError(f'q(={q}) must be non-negative integer and not greater than min(m, n)={min(m, n)}')
    if not niter >= 0:
        raise ValueError(f'niter(={niter}) must be non-negative integer')
    return svd_lowrank(A - A.mean(dim=-2, keepdim=True) if center else A, q, niter)
