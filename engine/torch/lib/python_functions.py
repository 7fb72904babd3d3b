# The functions that PyTorch writes in Python, of torch.nn.functional, torch and Tensor, as far as they can fail. What failed in nabla is done here once more (`replay`),
# to stumble where PyTorch stumbles; a function that comes through gives what it returns, or leaves the error as it is. Of operators in C only the call forms are asked (`_c`).
import math

import torch
from torch._call_words import explain


def replay(place, name, args, keywords):
    """Raises what PyTorch's function raises; what it gives, where nabla's operator took too little."""
    if place == 'Tensor.':
        function = getattr(Tensor, name, None)
    elif (name in _OF_TORCH) == (place == 'torch.'):
        function = _DISPATCHED.get(name) or globals().get(name)
    else:
        return
    if function:
        given = function(*args, **keywords)
        if given is None and not isinstance(keywords.get('reduction', ''), str) and (keywords.get('size_average') is not None or keywords.get('reduce') is not None):
            return getattr(torch.nn.functional, name)(*args, **{**keywords, 'reduction': 'mean'})  # of which only the flags count
        return given


def _c(name, *args, **keywords):
    """What PyTorch's operator in C of this name says of arguments of a wrong type."""
    explain('_C.', name, None, args, keywords, False)


def _c_or_in_place(name, inplace, *args):
    """The same of an operator or of its form in place."""
    _c(name + '_' if inplace else name, *args)


def _dispatched(flag, at, if_true, if_false):
    def choose(*args, **keywords):
        chosen = keywords[flag] if flag in keywords else args[at] if at < len(args) else False
        return (if_true if chosen else if_false)(*args, **keywords)
    return choose


def _tuple(value, count):
    return tuple(value) if hasattr(value, '__iter__') else (value,) * count


def _reduction(reduction):
    if reduction not in ('none', 'mean', 'elementwise_mean', 'sum'):
        raise ValueError(f'{reduction} is not a valid value for reduction')
    return 1


def _legacy(size_average, reduce, reduction):
    """The reduction by its number; flags from before there were words come first."""
    if size_average is None and reduce is None:
        return _reduction(reduction)
    _flags(size_average, reduce)
    return 1


def _flags(size_average, reduce):
    size_average = True if size_average is None else size_average
    reduce = True if reduce is None else reduce
    return 'mean' if size_average and reduce else 'sum' if reduce else 'none'


def _valid(size_average, reduce, reduction):
    if size_average is not None or reduce is not None:
        reduction = _flags(size_average, reduce)
    if reduction != 'none' and reduction != 'mean' and reduction != 'sum':
        raise ValueError(reduction + ' is not valid')


def _probability(p):
    if p < 0.0 or p > 1.0:
        raise ValueError(f'dropout probability has to be between 0 and 1, but got {p}')


# ---- torch.nn.functional

def relu(input, inplace=False):
    _c_or_in_place('relu', inplace, input)


def selu(input, inplace=False):
    _c_or_in_place('selu', inplace, input)


def relu6(input, inplace=False):
    _c_or_in_place('relu6', inplace, input)


def hardsigmoid(input, inplace=False):
    _c_or_in_place('hardsigmoid', inplace, input)


def hardswish(input, inplace=False):
    _c_or_in_place('hardswish', inplace, input)


def silu(input, inplace=False):
    _c_or_in_place('silu', inplace, input)


def mish(input, inplace=False):
    _c_or_in_place('mish', inplace, input)


def elu(input, alpha=1.0, inplace=False):
    _c_or_in_place('elu', inplace, input, alpha)


def celu(input, alpha=1.0, inplace=False):
    _c_or_in_place('celu', inplace, input, alpha)


def leaky_relu(input, negative_slope=0.01, inplace=False):
    _c_or_in_place('leaky_relu', inplace, input, negative_slope)


def hardtanh(input, min_val=-1.0, max_val=1.0, inplace=False):
    _c_or_in_place('hardtanh', inplace, input, min_val, max_val)


def _threshold(input, threshold, value, inplace=False):
    _c_or_in_place('threshold', inplace, input, threshold, value)


def rrelu(input, lower=0.125, upper=1 / 3, training=False, inplace=False):
    _c_or_in_place('rrelu', inplace, input, lower, upper, training)


def glu(input, dim=-1):
    if input.dim() == 0:
        raise RuntimeError('glu does not support scalars because halving size must be even')
    _c('glu', input, dim)


def tanhshrink(input):
    input - input.tanh()


def softsign(input):
    input / (input.abs() + 1)


def tanh(input):
    input.tanh()


def sigmoid(input):
    input.sigmoid()


def softmax(input, dim=None, _stacklevel=3, dtype=None):
    _soft('softmax', input, input, dim, dtype)


def log_softmax(input, dim=None, _stacklevel=3, dtype=None):
    _soft('log_softmax', input, input, dim, dtype)


def softmin(input, dim=None, _stacklevel=3, dtype=None):
    if dim is None:
        input.dim()
    _soft('softmax', input, -input, dim, dtype)


def _soft(name, input, of, dim, dtype):
    if dim is None:
        dim = 0 if input.dim() in (0, 1, 3) else 1
    call = getattr(of, name)
    call(dim) if dtype is None else call(dim, dtype=dtype)


def gumbel_softmax(logits, tau=1, hard=False, eps=1e-10, dim=-1):
    eps != 1e-10
    _c('empty_like', logits)
    y = ((logits - torch.empty_like(logits).exponential_().log()) / tau).softmax(dim)
    return torch.zeros_like(logits).scatter_(dim, y.max(dim, keepdim=True)[1], 1.0) - y.detach() + y if hard else y


def dropout(input, p=0.5, training=True, inplace=False):
    _probability(p)
    _c_or_in_place('dropout', inplace, input, p, training)


def alpha_dropout(input, p=0.5, training=False, inplace=False):
    _probability(p)
    _c_or_in_place('alpha_dropout', inplace, input, p, training)


def dropout1d(input, p=0.5, training=True, inplace=False):
    _probability(p)
    dims = input.dim()
    if dims not in (2, 3):
        raise RuntimeError(f'dropout1d: Expected 2D or 3D input, but received a {dims}D input. Note that dropout1d exists to provide channel-wise dropout on inputs with 1 spatial '
                           'dimension, a channel dimension, and an optional batch dimension (i.e. 2D or 3D inputs).')
    _c_or_in_place('feature_dropout', inplace, input, p, training)


def dropout2d(input, p=0.5, training=True, inplace=False):
    _probability(p)
    input.dim()
    _c_or_in_place('feature_dropout', inplace, input, p, training)


def dropout3d(input, p=0.5, training=True, inplace=False):
    _probability(p)
    input.dim()
    _c_or_in_place('feature_dropout', inplace, input, p, training)


def feature_alpha_dropout(input, p=0.5, training=False, inplace=False):
    _probability(p)


def _pooled(name, input, kernel_size, stride, padding, dilation, ceil_mode):
    _c(name, input, kernel_size, [] if stride is None else stride, padding, dilation, ceil_mode)


def max_pool1d_with_indices(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False):
    _pooled('max_pool1d_with_indices', input, kernel_size, stride, padding, dilation, ceil_mode)


def max_pool2d_with_indices(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False):
    _pooled('max_pool2d_with_indices', input, kernel_size, stride, padding, dilation, ceil_mode)


def max_pool3d_with_indices(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False):
    _pooled('max_pool3d_with_indices', input, kernel_size, stride, padding, dilation, ceil_mode)


def _max_pool1d(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False):
    _pooled('max_pool1d', input, kernel_size, stride, padding, dilation, ceil_mode)


def _max_pool2d(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False):
    _pooled('max_pool2d', input, kernel_size, stride, padding, dilation, ceil_mode)


def _max_pool3d(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False):
    _pooled('max_pool3d', input, kernel_size, stride, padding, dilation, ceil_mode)


def _adaptive(name, input, output_size):
    defaults, given = input.size(), output_size
    if not isinstance(output_size, int):
        if len(defaults) <= len(output_size):
            raise ValueError(f'Input dimension should be at least {len(output_size) + 1}')
        output_size = [d if v is None else v for v, d in zip(output_size, defaults[-len(output_size):])]
    _c(name, input, output_size)
    if not isinstance(given, (int, tuple, list)):
        return getattr(torch.nn.functional, name)(input, output_size)


def adaptive_max_pool1d_with_indices(input, output_size, return_indices=False):
    _c('adaptive_max_pool1d', input, output_size)


def adaptive_max_pool2d_with_indices(input, output_size, return_indices=False):
    return _adaptive('adaptive_max_pool2d', input, output_size)


def adaptive_max_pool3d_with_indices(input, output_size, return_indices=False):
    return _adaptive('adaptive_max_pool3d', input, output_size)


def _adaptive_max_pool1d(input, output_size, return_indices=False):
    _c('adaptive_max_pool1d', input, output_size)


def _adaptive_max_pool2d(input, output_size, return_indices=False):
    return _adaptive('adaptive_max_pool2d', input, output_size)


def _adaptive_max_pool3d(input, output_size, return_indices=False):
    return _adaptive('adaptive_max_pool3d', input, output_size)


def adaptive_avg_pool2d(input, output_size):
    return _adaptive('adaptive_avg_pool2d', input, output_size)


def adaptive_avg_pool3d(input, output_size):
    return _adaptive('adaptive_avg_pool3d', input, output_size)


def lp_pool2d(input, norm_type, kernel_size, stride=None, ceil_mode=False):
    width, height = _tuple(kernel_size, 2)
    return _lp_pool(torch.nn.functional.avg_pool2d, input, norm_type, kernel_size, stride, ceil_mode, lambda: width * height)


def lp_pool1d(input, norm_type, kernel_size, stride=None, ceil_mode=False):
    return _lp_pool(torch.nn.functional.avg_pool1d, input, norm_type, kernel_size, stride, ceil_mode, lambda: kernel_size)


def _lp_pool(pool, input, norm_type, kernel_size, stride, ceil_mode, count):
    powers = input.pow(norm_type)
    if powers.dim() > 4:
        return
    out = pool(powers, kernel_size, padding=0, ceil_mode=ceil_mode) if stride is None else pool(powers, kernel_size, stride, 0, ceil_mode)
    return (torch.sign(out) * torch.relu(torch.abs(out))).mul(count()).pow(1.0 / norm_type)


def embedding(input, weight, padding_idx=None, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, sparse=False):
    if padding_idx is not None:
        if padding_idx > 0:
            assert padding_idx < weight.size(0), 'Padding_idx must be within num_embeddings'
        elif padding_idx < 0:
            assert padding_idx >= -weight.size(0), 'Padding_idx must be within num_embeddings'
            padding_idx = weight.size(0) + padding_idx
    else:
        padding_idx = -1
    if max_norm is not None:
        input = input.contiguous()
        _c('embedding_renorm_', weight.detach(), input, max_norm, norm_type)
    _c('embedding', weight, input, padding_idx, scale_grad_by_freq, sparse)


def _batch(size):
    count = size[0]
    for i in range(len(size) - 2):
        count *= size[i + 2]
    if count == 1:
        raise ValueError(f'Expected more than 1 value per channel when training, got input size {size}')


def batch_norm(input, running_mean, running_var, weight=None, bias=None, training=False, momentum=0.1, eps=1e-05):
    if training:
        _batch(input.size())
    _c('batch_norm', input, weight, bias, running_mean, running_var, training, momentum, eps, True)


def instance_norm(input, running_mean=None, running_var=None, weight=None, bias=None, use_input_stats=True, momentum=0.1, eps=1e-05):
    if use_input_stats:
        size, count = input.size(), 1
        for n in size[2:]:
            count *= n
        if count == 1:
            raise ValueError(f'Expected more than 1 spatial element when training, got input size {size}')
    _c('instance_norm', input, weight, bias, running_mean, running_var, use_input_stats, momentum, eps, True)


def layer_norm(input, normalized_shape, weight=None, bias=None, eps=1e-05):
    _c('layer_norm', input, normalized_shape, weight, bias, eps, True)


def group_norm(input, num_groups, weight=None, bias=None, eps=1e-05):
    _batch([input.size(0) * input.size(1) // num_groups, num_groups] + list(input.size()[2:]))
    _c('group_norm', input, num_groups, weight, bias, eps, True)


def local_response_norm(input, size, alpha=1e-4, beta=0.75, k=1.0):
    dim = input.dim()
    if dim < 3:
        raise ValueError(f'Expected 3D or higher dimensionality                          input (got {dim} dimensions)')
    if input.numel() == 0:
        return input
    div = input.mul(input).unsqueeze(1)
    if dim == 3:
        div = torch.nn.functional.pad(div, (0, 0, size // 2, (size - 1) // 2))
        div = torch.nn.functional.avg_pool2d(div, (size, 1), stride=1).squeeze(1)
    else:
        sizes = input.size()
        div = torch.nn.functional.pad(div.view(sizes[0], 1, sizes[1], sizes[2], -1), (0, 0, 0, 0, size // 2, (size - 1) // 2))
        div = torch.nn.functional.avg_pool3d(div, (size, 1, 1), stride=1).squeeze(1).view(sizes)
    return input / div.mul(alpha).add(k).pow(beta)


def _of_pair(name, input, target, size_average, reduce, reduction, *rest):
    target.size() == input.size()
    if size_average is not None or reduce is not None:
        reduction = _flags(size_average, reduce)
    a, b = torch.broadcast_tensors(input, target)
    _c(name, a, b, _reduction(reduction), *rest)


def mse_loss(input, target, size_average=None, reduce=None, reduction='mean'):
    _of_pair('mse_loss', input, target, size_average, reduce, reduction)


def l1_loss(input, target, size_average=None, reduce=None, reduction='mean'):
    _of_pair('l1_loss', input, target, size_average, reduce, reduction)


def smooth_l1_loss(input, target, size_average=None, reduce=None, reduction='mean', beta=1.0):
    _of_pair('smooth_l1_loss', input, target, size_average, reduce, reduction, beta)


def huber_loss(input, target, reduction='mean', delta=1.0):
    _of_pair('huber_loss', input, target, None, None, reduction, delta)


def nll_loss(input, target, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction='mean'):
    _c('nll_loss_nd', input, target, weight, _legacy(size_average, reduce, reduction), ignore_index)


def cross_entropy(input, target, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction='mean', label_smoothing=0.0):
    _c('cross_entropy_loss', input, target, weight, _legacy(size_average, reduce, reduction), ignore_index, label_smoothing)


def poisson_nll_loss(input, target, log_input=True, full=False, size_average=None, eps=1e-08, reduce=None, reduction='mean'):
    _valid(size_average, reduce, reduction)
    _c('poisson_nll_loss', input, target, log_input, full, eps, 1)


def gaussian_nll_loss(input, target, var, full=False, eps=1e-06, reduction='mean'):
    if var.size() != input.size():
        if input.size()[:-1] == var.size():
            var = torch.unsqueeze(var, -1)
        elif not (input.size()[:-1] == var.size()[:-1] and var.size(-1) == 1):
            raise ValueError('var is of incorrect size')
    _valid(None, None, reduction)
    if torch.any(var < 0):
        raise ValueError('var has negative entry/entries')
    var = var.clone()
    with torch.no_grad():
        var.clamp_(min=eps)
    loss = 0.5 * (torch.log(var) + (input - target) ** 2 / var)
    if full:
        loss += 0.5 * math.log(2 * math.pi)
    return loss.mean() if reduction == 'mean' else loss.sum() if reduction == 'sum' else loss


def kl_div(input, target, size_average=None, reduce=None, reduction='mean', log_target=False):
    number = _legacy(size_average, reduce, 'sum' if reduction == 'batchmean' else reduction)
    _c('kl_div', input, target, number, log_target=log_target)


def binary_cross_entropy(input, target, weight=None, size_average=None, reduce=None, reduction='mean'):
    number = _legacy(size_average, reduce, reduction)
    if target.size() != input.size():
        raise ValueError(f'Using a target size ({target.size()}) that is different to the input size ({input.size()}) is deprecated. '
                         'Please ensure they have the same size.')
    if weight is not None:
        weight.size()
        target, weight = torch.broadcast_tensors(target, weight)
    _c('binary_cross_entropy', input, target, weight, number)


def binary_cross_entropy_with_logits(input, target, weight=None, size_average=None, reduce=None, reduction='mean', pos_weight=None):
    number = _legacy(size_average, reduce, reduction)
    if not target.size() == input.size():
        raise ValueError(f'Target size ({target.size()}) must be the same as input size ({input.size()})')
    _c('binary_cross_entropy_with_logits', input, target, weight, pos_weight, number)
    if target.dtype == torch.bool:
        return
    least = (-input).detach().clamp(min=0)
    if pos_weight is not None:
        (pos_weight - 1).mul(target)
    (-least).exp_()


def margin_ranking_loss(input1, input2, target, margin=0, size_average=None, reduce=None, reduction='mean'):
    number = _legacy(size_average, reduce, reduction)
    if input1.dim() != input2.dim() or input1.dim() != target.dim():
        raise RuntimeError(f'margin_ranking_loss : All input tensors should have same dimension but got sizes: input1: {input1.size()}, '
                           f'input2: {input2.size()}, target: {target.size()} ')
    _c('margin_ranking_loss', input1, input2, target, margin, number)


def hinge_embedding_loss(input, target, margin=1.0, size_average=None, reduce=None, reduction='mean'):
    _c('hinge_embedding_loss', input, target, margin, _legacy(size_average, reduce, reduction))


def multilabel_margin_loss(input, target, size_average=None, reduce=None, reduction='mean'):
    _c('multilabel_margin_loss', input, target, _legacy(size_average, reduce, reduction))


def soft_margin_loss(input, target, size_average=None, reduce=None, reduction='mean'):
    _c('soft_margin_loss', input, target, _legacy(size_average, reduce, reduction))


def multilabel_soft_margin_loss(input, target, weight=None, size_average=None, reduce=None, reduction='mean'):
    logsigmoid = torch.nn.functional.logsigmoid
    if size_average is not None or reduce is not None:
        reduction = _flags(size_average, reduce)
    loss = -(target * logsigmoid(input) + (1 - target) * logsigmoid(-input))
    if weight is not None:
        loss = loss * weight
    at = input.dim() - 1
    loss = loss.sum(dim=at) / input.size(at)
    _valid(None, None, reduction)
    return loss.mean() if reduction == 'mean' else loss.sum() if reduction == 'sum' else loss


def cosine_embedding_loss(input1, input2, target, margin=0, size_average=None, reduce=None, reduction='mean'):
    _c('cosine_embedding_loss', input1, input2, target, margin, _legacy(size_average, reduce, reduction))


def multi_margin_loss(input, target, p=1, margin=1.0, weight=None, size_average=None, reduce=None, reduction='mean'):
    number = _legacy(size_average, reduce, reduction)
    if p != 1 and p != 2:
        raise ValueError('only p == 1 and p == 2 supported')
    if weight is not None and weight.dim() != 1:
        raise ValueError('weight must be one-dimensional')
    _c('multi_margin_loss', input, target, p, margin, weight, number)
    if isinstance(p, torch.Tensor):
        return torch.nn.functional.multi_margin_loss(input, target, int(p), margin, weight, size_average, reduce, reduction)


def triplet_margin_loss(anchor, positive, negative, margin=1.0, p=2, eps=1e-06, swap=False, size_average=None, reduce=None, reduction='mean'):
    _c('triplet_margin_loss', anchor, positive, negative, margin, p, eps, swap, _legacy(size_average, reduce, reduction))


def upsample(input, size=None, scale_factor=None, mode='nearest', align_corners=None):
    interpolate(input, size, scale_factor, mode, align_corners)


def interpolate(input, size=None, scale_factor=None, mode='nearest', align_corners=None, recompute_scale_factor=None, antialias=False):
    if mode in ('nearest', 'area', 'nearest-exact'):
        if align_corners is not None:
            raise ValueError('align_corners option can only be set with the interpolating modes: linear | bilinear | bicubic | trilinear')
    elif align_corners is None:
        align_corners = False
    dim = input.dim() - 2
    if size is not None and scale_factor is not None:
        raise ValueError('only one of size or scale_factor should be defined')
    output_size = scale_factors = None
    if size is not None:
        if isinstance(size, (list, tuple)) and len(size) != dim:
            raise ValueError('Input and output must have the same number of spatial dimensions, but got input with spatial dimensions of '
                             f'{list(input.shape[2:])} and output size of {size}. Please provide input tensor in (N, C, d1, d2, ...,dK) format and output size in '
                             '(o1, o2, ...,oK) format.')
        output_size = size if isinstance(size, (list, tuple)) else [size] * dim
    elif scale_factor is not None:
        if isinstance(scale_factor, (list, tuple)) and len(scale_factor) != dim:
            raise ValueError('Input and scale_factor must have the same number of spatial dimensions, but got input with spatial dimensions of '
                             f'{list(input.shape[2:])} and scale_factor of shape {scale_factor}. Please provide input tensor in (N, C, d1, d2, ...,dK) format and '
                             'scale_factor in (s1, s2, ...,sK) format.')
        scale_factors = scale_factor if isinstance(scale_factor, (list, tuple)) else [scale_factor] * dim
    else:
        raise ValueError('either size or scale_factor should be defined')
    if recompute_scale_factor is not None and recompute_scale_factor and size is not None:
        raise ValueError('recompute_scale_factor is not meaningful with an explicit size.')
    if mode == 'area' and output_size is None or recompute_scale_factor is not None and recompute_scale_factor:
        output_size = [int(float(input.size(i + 2)) * scale_factors[i] // 1) for i in range(dim)]
        scale_factors = None
    if antialias and not (mode in ('bilinear', 'bicubic') and input.ndim == 4):
        raise ValueError('Anti-alias option is only supported for bilinear and bicubic modes')
    wanted = {'linear': 1, 'bilinear': 2, 'bicubic': 2, 'trilinear': 3}.get(mode)
    if 1 <= dim <= 3:
        if mode == 'nearest':
            _c(f'upsample_nearest{dim}d', input, output_size, scale_factors)
        elif mode == 'area':
            _c(f'adaptive_avg_pool{dim}d', input, output_size)
        elif wanted == dim and not antialias:
            _c(f'upsample_{mode}{dim}d', input, output_size, align_corners, scale_factors)
        if mode in ('nearest', 'area', 'nearest-exact') or wanted == dim:
            if size is not None and not isinstance(size, (int, list, tuple)):
                return torch.nn.functional.interpolate(input, output_size, None, mode, align_corners or None, antialias=antialias)
            return
        if wanted and mode != 'bicubic':
            raise NotImplementedError(f'Got {dim + 2}D input, but {mode} mode needs {wanted + 2}D input')
    raise NotImplementedError(f'Input Error: Only 3D, 4D and 5D input Tensors supported (got {dim + 2}D) for the modes: nearest | linear | bilinear | bicubic | '
                              f'trilinear | area | nearest-exact (got {mode})')


def normalize(input, p=2.0, dim=1, eps=1e-12, out=None):
    denom = input.norm(p, dim, keepdim=True).clamp_min(eps).expand_as(input)
    return input / denom if out is None else torch.div(input, denom, out=out)


def _in_pairs(name, function, input, *sizes):
    pairs = [_tuple(size, 2) for size in sizes]
    _c(name, input, *pairs)
    if not all([isinstance(size, (int, tuple, list)) for size in sizes]):
        return function(input, *pairs)


def unfold(input, kernel_size, dilation=1, padding=0, stride=1):
    return _in_pairs('im2col', torch.nn.functional.unfold, input, kernel_size, dilation, padding, stride)


def fold(input, output_size, kernel_size, dilation=1, padding=0, stride=1):
    return _in_pairs('col2im', torch.nn.functional.fold, input, output_size, kernel_size, dilation, padding, stride)


# ---- torch

def _unique(input, sorted, return_inverse, return_counts, dim):
    if dim is not None:
        _c('unique_dim', input, dim, sorted=sorted, return_inverse=return_inverse, return_counts=return_counts)
    else:
        _c('_unique2', input, sorted=sorted, return_inverse=return_inverse, return_counts=return_counts)


def _unique_impl(input, sorted=True, return_inverse=False, return_counts=False, dim=None):
    _unique(input, sorted, return_inverse, return_counts, dim)


def _return_counts(input, sorted=True, return_inverse=False, return_counts=False, dim=None):
    _unique(input, sorted, return_inverse, return_counts, dim)


def _return_output(input, sorted=True, return_inverse=False, return_counts=False, dim=None):
    _unique(input, sorted, return_inverse, return_counts, dim)


def _return_inverse(input, sorted=True, return_inverse=False, return_counts=False, dim=None):
    _unique(input, sorted, return_inverse, return_counts, dim)


def _consecutive(input, return_inverse, return_counts, dim):
    _c('unique_consecutive', input, return_inverse=return_inverse, return_counts=return_counts, dim=dim)


def _unique_consecutive_impl(input, return_inverse=False, return_counts=False, dim=None):
    _consecutive(input, return_inverse, return_counts, dim)


def _consecutive_return_counts(input, return_inverse=False, return_counts=False, dim=None):
    _consecutive(input, return_inverse, return_counts, dim)


def _consecutive_return_output(input, return_inverse=False, return_counts=False, dim=None):
    _consecutive(input, return_inverse, return_counts, dim)


def _consecutive_return_inverse(input, return_inverse=False, return_counts=False, dim=None):
    _consecutive(input, return_inverse, return_counts, dim)


def tensordot(a, b, dims=2, out=None):
    if not isinstance(dims, (tuple, list, torch.Tensor, int)):
        raise RuntimeError('tensordot expects dims to be int or Tuple[List[int], List[int]] or List[List[int]] containing two lists, but got '
                           f'dims={dims}')
    of_a = of_b = []
    given = dims
    if isinstance(dims, (tuple, list)):
        of_a, of_b = dims
    if isinstance(dims, torch.Tensor):
        if dims.numel() > 1:
            assert dims.size()[0] == 2
            of_a, of_b = dims = dims[0].tolist(), dims[1].tolist()
        else:
            dims = int(dims.item())
    if isinstance(dims, int):
        if dims < 0:
            raise RuntimeError(f'tensordot expects dims >= 0, but got dims={dims}')
        of_a, of_b = list(range(-dims, 0)), list(range(dims))
    _c('tensordot', a, b, of_a, of_b) if out is None else _c('tensordot', a, b, of_a, of_b, out=out)
    if given is not dims:
        return torch.tensordot(a, b, dims, out=out)
    if len(of_a) != len(of_b):
        raise RuntimeError('both dimension lists should have same length')
    kinds = [a.dtype, b.dtype]
    for i, j in zip(of_a, of_b):
        m, n = a.size(i), b.size(j)
        if m != n and m != 1 and n != 1:
            raise RuntimeError(f'contracted dimensions need to match, but first has size {m} in dim {i} and second has size {n} in dim {j}')
        if m == 1 or n == 1:  # sums are of whole numbers
            at = 0 if n == 1 else 1
            kinds[at] = kinds[at] if kinds[at].is_floating_point else torch.int64
    if kinds[0] != kinds[1] and a.dtype == torch.bool:
        raise RuntimeError('"addmm_impl_cpu_" not implemented for \'Bool\'')
    if kinds[0] != kinds[1]:
        kinds = [torch.zeros((), dtype=kind).type().removeprefix('torch.').removesuffix('Tensor') for kind in kinds]
        raise RuntimeError(f'expected scalar type {kinds[0]} but found {kinds[1]}')


def cdist(x1, x2, p=2.0, compute_mode='use_mm_for_euclid_dist_if_necessary'):
    if compute_mode not in ('use_mm_for_euclid_dist_if_necessary', 'use_mm_for_euclid_dist', 'donot_use_mm_for_euclid_dist'):
        raise ValueError(f'{compute_mode} is not a valid value for compute_mode')
    _c('cdist', x1, x2, p, None)


def atleast_1d(*tensors):
    _c('atleast_1d', tensors[0] if len(tensors) == 1 else tensors)


def atleast_2d(*tensors):
    _c('atleast_2d', tensors[0] if len(tensors) == 1 else tensors)


def atleast_3d(*tensors):
    _c('atleast_3d', tensors[0] if len(tensors) == 1 else tensors)


def broadcast_tensors(*tensors):
    _c('broadcast_tensors', tensors)


def cartesian_prod(*tensors):
    _c('cartesian_prod', tensors)


def block_diag(*tensors):
    _c('block_diag', tensors)


def chain_matmul(*matrices, out=None):
    _c('chain_matmul', matrices) if out is None else _c('chain_matmul', matrices, out=out)


def meshgrid(*tensors, indexing=None):
    _meshgrid(*tensors, indexing=indexing)


def _meshgrid(*tensors, indexing):
    if len(tensors) == 1 and isinstance(tensors[0], (list, tuple)):
        tensors = tensors[0]
    _c('meshgrid', tensors) if indexing is None else _c('meshgrid', tensors, indexing=indexing)


def einsum(*args):
    if len(args) < 2:
        raise ValueError('einsum(): must specify the equation string and at least one operand, or at least one operand and its subscripts list')
    equation, operands = args[0], args[1:]
    if isinstance(equation, torch.Tensor):
        def subscript(n):
            if n == Ellipsis:
                return '...'
            if n >= 0 and n < 52:
                return 'a'
            raise ValueError('einsum(): subscript in subscript list is not within the valid range [0, 52)')
        equation = ','.join([''.join([subscript(s) for s in one]) for one in args[1::2]])
        odd = len(args) % 2
        if odd:
            ''.join([subscript(s) for s in args[-1]])
        operands = args[:-1:2] if odd else args[::2]
    if len(operands) == 1 and isinstance(operands[0], (list, tuple)):
        return einsum(equation, *operands[0])
    _c('einsum', equation, operands)


def norm(input, p='fro', dim=None, keepdim=False, out=None, dtype=None):
    dtype = {float: torch.float64, int: torch.int64, bool: torch.bool}.get(dtype, dtype)
    ndim = input.dim()
    if dim is None and out is None and dtype is None and p is not None:
        if not isinstance(p, str):
            return _c('norm', input, p, dim=list(range(ndim)), keepdim=keepdim)
        if p == 'fro':
            return _c('frobenius_norm', input, dim=(), keepdim=keepdim)
    dims = [dim] if isinstance(dim, int) else dim
    given = {'keepdim': keepdim}
    if out is not None:
        given['out'] = out
    if isinstance(p, str):
        if p == 'fro' or p == 'nuc':
            name = 'frobenius' if p == 'fro' else 'nuclear'
            if dtype is not None:
                raise ValueError(f'dtype argument is not supported in {name} norm')
            if dims is None and p == 'nuc':
                return _c('nuclear_norm', input, **given)
            return _c(name + '_norm', input, list(range(ndim)) if dims is None else dims, **given)
        raise RuntimeError(f"only valid string values are 'fro' and 'nuc', found {p}")
    if dtype is not None:
        given = {'keepdim': keepdim, 'dtype': dtype}
        if out is not None:
            given['out'] = out
    _c('norm', input, p, list(range(ndim)) if dims is None else dims, **given)
    if p is None:
        return torch.norm(input, 2, dim, **given)
    if dtype is not None and not dtype.is_floating_point:
        kind = torch.zeros((), dtype=dtype).type().removeprefix('torch.').removesuffix('Tensor')
        raise RuntimeError(f'norm(): the desired output dtype should be either floating point or complex. Got {kind} instead.')


def split(tensor, split_size_or_sections, dim=0):
    tensor.split
    return Tensor.split(tensor, split_size_or_sections, dim)


class Tensor:
    def norm(self, p='fro', dim=None, keepdim=False, dtype=None):
        return norm(self, p, dim, keepdim, dtype=dtype)

    def split(self, split_size, dim=0):
        given = split_size
        if isinstance(split_size, torch.Tensor):
            try:
                split_size = int(split_size)
            except ValueError:
                pass
        _c('split' if isinstance(split_size, int) else 'split_with_sizes', self, split_size, dim)
        if split_size is not given:
            return self.split(split_size, dim)

    def unique(self, sorted=True, return_inverse=False, return_counts=False, dim=None):
        _unique(self, sorted, return_inverse, return_counts, dim)

    def unique_consecutive(self, return_inverse=False, return_counts=False, dim=None):
        _consecutive(self, return_inverse, return_counts, dim)

    def unflatten(self, dim, sizes):
        if not sizes:
            raise RuntimeError('unflatten: sizes must be non-empty')
        explain('Tensor.', '_unflatten', self, (dim, sizes), {}, False)


_OF_TORCH = ('unique', 'unique_consecutive', 'tensordot', 'cdist', 'atleast_1d', 'atleast_2d', 'atleast_3d', 'broadcast_tensors', 'cartesian_prod', 'block_diag',
             'chain_matmul', 'meshgrid', 'einsum', 'norm', 'split')
_DISPATCHED = {
    'threshold': _threshold,
    'unique': _dispatched('return_inverse', 2, _dispatched('return_counts', 3, _unique_impl, _return_inverse), _dispatched('return_counts', 3, _return_counts, _return_output)),
    'unique_consecutive': _dispatched('return_inverse', 2, _dispatched('return_counts', 1, _unique_consecutive_impl, _consecutive_return_inverse),
                                      _dispatched('return_counts', 1, _consecutive_return_counts, _consecutive_return_output)),
    'max_pool1d': _dispatched('return_indices', 6, max_pool1d_with_indices, _max_pool1d), 'max_pool2d': _dispatched('return_indices', 6, max_pool2d_with_indices, _max_pool2d),
    'max_pool3d': _dispatched('return_indices', 6, max_pool3d_with_indices, _max_pool3d),
    'adaptive_max_pool1d': _dispatched('return_indices', 2, adaptive_max_pool1d_with_indices, _adaptive_max_pool1d),
    'adaptive_max_pool2d': _dispatched('return_indices', 2, adaptive_max_pool2d_with_indices, _adaptive_max_pool2d),
    'adaptive_max_pool3d': _dispatched('return_indices', 2, adaptive_max_pool3d_with_indices, _adaptive_max_pool3d),
}
