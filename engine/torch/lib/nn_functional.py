# torch.nn.functional: functions that are made of others, looked up when one of their names is first missed.
import torch


# ---- unpooling: values go to the places that max_pool gave with return_indices=True

def _axes(value, rank):
    return tuple(value) if isinstance(value, (tuple, list)) else (value,) * rank


def _unpool(rank, input, indices, kernel_size, stride, padding, output_size):
    kernel, padding = _axes(kernel_size, rank), _axes(padding, rank)
    stride = kernel if stride is None or stride == [] else _axes(stride, rank)
    usual = [(size - 1) * s - 2 * p + k for size, s, p, k in zip(input.shape[-rank:], stride, padding, kernel)]
    if output_size is None:
        sizes = usual
    else:
        sizes = list(output_size)
        if len(sizes) == rank + 2:
            sizes = sizes[2:]
        if len(sizes) != rank:
            raise ValueError(f'output_size should be a sequence containing {rank} or {rank + 2} elements, but it has a length of \'{len(sizes)}\'')
        for d in range(rank):
            least, most = usual[d] - stride[d], usual[d] + stride[d]
            if not least < sizes[d] < most:
                raise ValueError(f'invalid output_size "{output_size}" (dim {d} must be between {least} and {most})')
    if indices.dtype != torch.int64:
        raise RuntimeError(f'elements in indices should be type int64 but got: {indices.type().split(".")[-1].removesuffix("Tensor")}')
    if indices.shape != input.shape:
        raise RuntimeError(f'Expected shape of indices to be same as that of the input tensor ({list(input.shape)}) but got indices tensor with '
                           f'shape: {list(indices.shape)}')
    lead = input.shape[:-rank]
    count = 1
    for size in sizes:
        count *= size
    flat = input.new_zeros(lead + (count,))
    if indices.numel() and (int(indices.max()) >= count or int(indices.min()) < 0):
        wrong = int(indices.max()) if int(indices.max()) >= count else int(indices.min())
        width = 'x'.join(str(size) for size in sizes)
        raise RuntimeError(f'Found an invalid max index: {wrong} (output volumes are of size {width}')
    return flat.scatter(-1, indices.flatten(-rank), input.flatten(-rank)).reshape(lead + tuple(sizes))


def max_unpool1d(input, indices, kernel_size, stride=None, padding=0, output_size=None):
    return _unpool(1, input, indices, kernel_size, stride, padding, output_size)


def max_unpool2d(input, indices, kernel_size, stride=None, padding=0, output_size=None):
    return _unpool(2, input, indices, kernel_size, stride, padding, output_size)


def max_unpool3d(input, indices, kernel_size, stride=None, padding=0, output_size=None):
    return _unpool(3, input, indices, kernel_size, stride, padding, output_size)


def max_pool1d_with_indices(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False):
    return torch.nn.functional.max_pool1d(input, kernel_size, stride, padding, dilation, ceil_mode, True)


def adaptive_max_pool1d_with_indices(input, output_size, return_indices=False):
    return torch.nn.functional.adaptive_max_pool1d(input, output_size, True)


# ---- losses

def ctc_loss(log_probs, targets, input_lengths, target_lengths, blank=0, reduction='mean', zero_infinity=False):
    """Minus the log of the probability of all alignments: the forward half of the forward-backward algorithm (Graves et al., 2006)."""
    batched = log_probs.dim() == 3
    if not batched:
        log_probs = log_probs.unsqueeze(1)
        targets = targets.unsqueeze(0) if targets.dim() == 1 else targets
    steps, batch, classes = log_probs.shape
    input_lengths = input_lengths.reshape(-1).tolist() if isinstance(input_lengths, torch.Tensor) else list(input_lengths)
    target_lengths = target_lengths.reshape(-1).tolist() if isinstance(target_lengths, torch.Tensor) else list(target_lengths)
    if not 0 <= blank < classes:
        raise RuntimeError('blank must be in label range')
    for name, lengths in (('input_lengths', input_lengths), ('target_lengths', target_lengths)):
        if len(lengths) != batch:
            raise RuntimeError(f'{name} must be of size batch_size')
    for i, length in enumerate(input_lengths):
        if length > steps:
            raise RuntimeError(f'Expected input_lengths to have value at most {steps}, but got value {length} (while checking arguments for ctc_loss_cpu)')
    losses, start = [], 0
    for i in range(batch):
        length = target_lengths[i]
        labels = (targets[start:start + length] if targets.dim() == 1 else targets[i, :length]).tolist()
        start += length
        losses.append(_ctc_of_one(log_probs[:input_lengths[i], i], labels, blank))
    loss = torch.stack(losses)
    if zero_infinity:
        loss = torch.where(torch.isinf(loss), torch.zeros_like(loss), loss)
    if reduction == 'mean':
        return (loss / torch.tensor(target_lengths, dtype=loss.dtype).clamp(min=1)).mean()
    if reduction == 'sum':
        return loss.sum()
    return loss if batched else loss.squeeze(0)


def _ctc_of_one(log_probs, labels, blank):
    path = [blank]
    for label in labels:
        path += [label, blank]
    count = len(path)
    emitted = log_probs[:, path]  # (time, place of the path)
    # From where a place may be come to in one step: itself, the one before, and the one before that if a blank between is not needed.
    skips = torch.tensor([i >= 2 and path[i] != blank and path[i] != path[i - 2] for i in range(count)])
    never = torch.full((count,), -float('inf'), dtype=log_probs.dtype)
    alpha = torch.where(torch.arange(count) < 2, emitted[0], never)
    for t in range(1, len(log_probs)):
        one = torch.cat([never[:1], alpha[:-1]])
        two = torch.where(skips, torch.cat([never[:2], alpha[:-2]])[:count], never) if count > 2 else never
        alpha = _log_sum([alpha, one, two]) + emitted[t]
    loss = -(_log_sum([alpha[-1:], alpha[-2:-1]])[0] if count > 1 else alpha[-1])
    # PyTorch's gradient takes it that the input went through log_softmax, and has that one's share in it: no difference if it did.
    total = log_probs.exp().sum()
    return loss + (total - total.detach())


def _log_sum(parts):
    """logsumexp over some vectors; where all are -inf the result is, and takes no gradient."""
    stacked = torch.stack(parts)
    top = stacked.detach().amax(0)
    top = torch.where(torch.isinf(top), torch.zeros_like(top), top)
    total = (stacked - top).exp().sum(0)
    return torch.where(total > 0, torch.where(total > 0, total, torch.ones_like(total)).log() + top, torch.full_like(total, -float('inf')))


def triplet_margin_with_distance_loss(anchor, positive, negative, *, distance_function=None, margin=1.0, swap=False, reduction='mean'):
    loss = torch.nn.TripletMarginWithDistanceLoss(distance_function=distance_function, margin=margin, swap=swap, reduction=reduction)
    return loss(anchor, positive, negative)


# ---- the rest

def embedding_bag(input, weight, offsets=None, max_norm=None, norm_type=2, scale_grad_by_freq=False, mode='mean', sparse=False,
                  per_sample_weights=None, include_last_offset=False, padding_idx=None):
    bag = torch.nn.EmbeddingBag(1, weight.size(1), max_norm, norm_type, scale_grad_by_freq, mode, sparse, _weight=torch.zeros(1, weight.size(1)),
                                include_last_offset=include_last_offset)
    bag._parameters['weight'], bag.padding_idx = weight, padding_idx
    return bag(input, offsets, per_sample_weights)


def channel_shuffle(input, groups):
    return torch.nn.ChannelShuffle(groups)(input)


native_channel_shuffle = channel_shuffle


def group_norm(input, num_groups, weight=None, bias=None, eps=1e-05):
    size = [input.size(0) * input.size(1) // num_groups, num_groups, *input.size()[2:]]
    if size[0] * torch.Size(size[2:]).numel() == 1:
        raise ValueError(f'Expected more than 1 value per channel when training, got input size {size}')
    return torch.group_norm(input, num_groups, weight, bias, eps)


def pdist(input, p=2.0):
    if input.dim() != 2:
        raise RuntimeError('pdist only supports 2D tensors, got: ' + f'{input.dim()}D')
    first, second = torch.triu_indices(len(input), len(input), 1)
    return torch.cdist(input[first].unsqueeze(1), input[second].unsqueeze(1), p=p).reshape(-1)


def upsample(input, size=None, scale_factor=None, mode='nearest', align_corners=None):
    import warnings
    warnings.warn('nn.functional.upsample is deprecated. Use nn.functional.interpolate instead.')
    return torch.nn.functional.interpolate(input, size, scale_factor, mode, align_corners)


def upsample_nearest(input, size=None, scale_factor=None):
    import warnings
    warnings.warn('nn.functional.upsample_nearest is deprecated. Use nn.functional.interpolate instead.')
    return torch.nn.functional.interpolate(input, size, scale_factor, mode='nearest')


def upsample_bilinear(input, size=None, scale_factor=None):
    import warnings
    warnings.warn('nn.functional.upsample_bilinear is deprecated. Use nn.functional.interpolate instead.')
    return torch.nn.functional.interpolate(input, size, scale_factor, mode='bilinear', align_corners=True)


def feature_alpha_dropout(input, p=0.5, training=False, inplace=False):
    if p < 0.0 or p > 1.0:
        raise ValueError(f'dropout probability has to be between 0 and 1, but got {p}')
    if not training or p == 0:
        return input
    if p == 1:
        return input * torch.zeros_like(input)
    alpha = 1.7580993408473766
    a = 1.0 / (((alpha * alpha) * p + 1) * (1 - p)) ** 0.5
    kept = torch.empty(input.shape[:2] + (1,) * (input.dim() - 2), dtype=input.dtype).bernoulli_(1 - p)
    return input * (kept * a) + (kept - 1) * (alpha * a) + alpha * a * p


def affine_grid(theta, size, align_corners=None):
    """Where each pixel of the result looks in the input, in [-1, 1], under the maps theta (batch, d, d + 1)."""
    if align_corners is None:
        import warnings
        warnings.warn('Default grid_sample and affine_grid behavior has changed to align_corners=False since 1.3.0. Please specify align_corners=True if the old behavior is '
                      'desired. See the documentation of grid_sample for details.')
    align_corners = bool(align_corners)
    axes = []
    for count in size[2:]:
        axis = torch.linspace(-1, 1, count, dtype=theta.dtype) if count > 1 else torch.zeros(1, dtype=theta.dtype)
        axes.append(axis if align_corners else axis * (count - 1) / count)
    points = torch.stack(torch.meshgrid(*axes, indexing='ij')[::-1] + (torch.ones(tuple(size[2:]), dtype=theta.dtype),), -1)
    flat = points.reshape(1, -1, points.size(-1)).expand(size[0], -1, -1)
    return flat.bmm(theta.transpose(1, 2)).reshape((size[0],) + tuple(size[2:]) + (len(size) - 2,))


def grid_sample(input, grid, mode='bilinear', padding_mode='zeros', align_corners=None):
    """input (batch, channels, height, width) at the places of grid (batch, rows, columns, 2), between pixels by `mode`."""
    modes, paddings = ('bilinear', 'nearest', 'bicubic'), ('zeros', 'border', 'reflection')
    if mode not in modes:
        raise ValueError(f"nn.functional.grid_sample(): expected mode to be 'bilinear', 'nearest' or 'bicubic', but got: '{mode}'")
    if padding_mode not in paddings:
        raise ValueError(f"nn.functional.grid_sample(): expected padding_mode to be 'zeros', 'border', or 'reflection', but got: '{padding_mode}'")
    if align_corners is None:
        import warnings
        warnings.warn('Default grid_sample and affine_grid behavior has changed to align_corners=False since 1.3.0. Please specify align_corners=True if the old behavior is '
                      'desired. See the documentation of grid_sample for details.')
    if input.dim() == 5 and mode != 'bicubic':
        return GridSampler3D.apply(input, _checked_grid(input, grid), mode, padding_mode, bool(align_corners))
    return _grid_sampler(input, _checked_grid(input, grid), modes.index(mode), paddings.index(padding_mode), bool(align_corners))


def _checked_grid(input, grid):
    def sizes(x):
        return list(x.shape)
    said = f'but got input with sizes {sizes(input)} and grid with sizes {sizes(grid)}'
    if input.dim() and grid.dim() and input.size(0) != grid.size(0):
        raise RuntimeError('grid_sampler(): expected grid and input to have same batch size, ' + said)
    if grid.dim() and grid.size(-1) != input.dim() - 2:
        raise RuntimeError(f'grid_sampler(): expected grid to have size {input.dim() - 2} in last dimension, but got grid with sizes {sizes(grid)}')
    for dim in range(2, input.dim()):
        if input.size(dim) == 0:
            raise RuntimeError(f'grid_sampler(): expected input to have non-empty spatial dimensions, but input has sizes {sizes(input)} with dimension {dim} being empty')
    return grid


def _place(x, size, padding, align):
    """Where x of [-1, 1] lies among `size` voxels, and its slope there."""
    slope = (size - 1) / 2 if align else size / 2
    x = (x + 1) / 2 * (size - 1) if align else ((x + 1) * size - 1) / 2
    if padding == 'reflection':
        low, span = (0, size - 1) if align else (-0.5, size)
        away = (x - low).abs()
        rest, odd = torch.fmod(away, span), torch.floor(away / span) % 2 == 1
        slope = slope * torch.where((x < low) == odd, 1, -1)
        x = torch.where(odd, span - rest, rest) + low if span else torch.zeros_like(x)
    if padding != 'zeros':
        slope = slope * ((x > 0) & (x < size - 1))
        x = x.clamp(0, size - 1)
    return x, slope


def _sample_volume(input, places, mode):
    z, y, x = places
    sizes = input.shape[2:]
    flat = input.flatten(2)

    def voxel(*at):
        inside = torch.ones_like(at[0], dtype=torch.bool)
        index = 0
        for one, size in zip(at, sizes):
            inside = inside & (one >= 0) & (one < size)
            index = index * size + one.clamp(0, size - 1).long()
        found = flat.gather(2, index.flatten(1).unsqueeze(1).expand(-1, flat.size(1), -1))
        return found.view(flat.shape[:2] + index.shape[1:]) * inside.unsqueeze(1)
    if mode == 'nearest':
        return voxel(z.round(), y.round(), x.round())
    low = [one.floor().detach() for one in (z, y, x)]
    out = 0
    for corner in range(8):
        sides = corner >> 2, corner >> 1 & 1, corner & 1
        weight = 1
        for one, below, side in list(zip((z, y, x), low, sides))[::-1]:
            weight = weight * (one - below if side else below + 1 - one)
        out = out + voxel(*[below + side for below, side in zip(low, sides)]) * weight.unsqueeze(1)
    return out


class GridSampler3D(torch.autograd.Function):
    _suffix = 'Backward0'

    @staticmethod
    def forward(ctx, input, grid, mode, padding, align):
        ctx.save_for_backward(input, grid)
        ctx.mode, sizes = mode, input.shape[2:]
        ctx.places = lambda grid: [_place(x, size, padding, align) for x, size in zip(grid.unbind(-1)[::-1], sizes)]
        return _sample_volume(input, [x for x, _ in ctx.places(grid)], mode)

    @staticmethod
    @torch.autograd.function.once_differentiable
    def backward(ctx, g):
        input, grid = ctx.saved_tensors
        places, slopes = zip(*ctx.places(grid))
        with torch.enable_grad():
            given = [x.detach().requires_grad_() for x in (input, *places)]
            out = _sample_volume(given[0], given[1:], ctx.mode)
        to_input, *to_places = torch.autograd.grad(out, given, g, allow_unused=True)
        if ctx.mode == 'nearest':
            return to_input, torch.zeros_like(grid), None, None, None
        return to_input, torch.stack([(0 + x) * slope for x, slope in zip(to_places, slopes)][::-1], -1), None, None, None


def rrelu_(input, lower=1.0 / 8, upper=1.0 / 3, training=False):
    return input.copy_(torch.nn.functional.rrelu(input, lower, upper, training))


# ---- attention of several heads, as nn.MultiheadAttention computes it

def _check_attention(query, key, value, key_padding_mask, attn_mask, num_heads):
    """Is it a batch?"""
    if query.dim() not in (2, 3):
        raise AssertionError(f'query should be unbatched 2D or batched 3D tensor but received {query.dim()}-D query tensor')
    rank = query.dim()
    kind = f"For {'batched' if rank == 3 else 'unbatched'} ({rank}-D) `query`, expected"
    assert key.dim() == rank and value.dim() == rank, f'{kind} `key` and `value` to be {rank}-D but found {key.dim()}-D and {value.dim()}-D tensors respectively'
    if key_padding_mask is not None:
        assert key_padding_mask.dim() == rank - 1, f'{kind} `key_padding_mask` to be `None` or {rank - 1}-D but found {key_padding_mask.dim()}-D tensor instead'
    if attn_mask is not None:
        assert attn_mask.dim() in (2, 3), f'{kind} `attn_mask` to be `None`, 2-D or 3-D but found {attn_mask.dim()}-D tensor instead'
        wanted = (num_heads, query.shape[0], key.shape[0])
        assert rank == 3 or attn_mask.dim() == 2 or attn_mask.shape == wanted, f'Expected `attn_mask` shape to be {wanted} but got {attn_mask.shape}'
    return rank == 3


def _projected(query, key, value, weight, bias):
    """Query, key and value times their weights: in one product where they are the same tensor."""
    linear, width = torch.nn.functional.linear, query.size(-1)
    if key is not value:
        biases = (None, None, None) if bias is None else bias.chunk(3)
        return [linear(*one) for one in zip((query, key, value), weight.chunk(3), biases)]
    if query is key:
        return linear(query, weight, bias).chunk(3, -1)
    (w_q, w_rest), (b_q, b_rest) = weight.split([width, 2 * width]), (None, None) if bias is None else bias.split([width, 2 * width])
    return (linear(query, w_q, b_q),) + linear(key, w_rest, b_rest).chunk(2, -1)


def _projected_apart(query, key, value, weights, bias):
    width = query.size(-1)
    biases = (None, None, None) if bias is None else bias.chunk(3)
    for name, x, w in zip(('query', 'key', 'value'), (query, key, value), weights):
        assert w.shape == (width, x.size(-1)), f'expecting {name} weights shape of {(width, x.size(-1))}, but got {w.shape}'
    return [torch.nn.functional.linear(x, w, b) for x, w, b in zip((query, key, value), weights, biases)]


def _checked_mask(mask, length, sources, heads):
    """Of three dimensions."""
    if mask.dtype == torch.uint8:
        import warnings
        warnings.warn('Byte tensor for attn_mask in nn.MultiheadAttention is deprecated. Use bool tensor instead.')
        mask = mask.to(torch.bool)
    else:
        assert mask.is_floating_point() or mask.dtype == torch.bool, f'Only float, byte, and bool types are supported for attn_mask, not {mask.dtype}'
    wanted = (length, sources) if mask.dim() == 2 else (heads, length, sources)
    if mask.shape != wanted:
        raise RuntimeError(f'The shape of the {mask.dim()}D attn_mask is {mask.shape}, but should be {wanted}.')
    return mask.unsqueeze(0) if mask.dim() == 2 else mask


def multi_head_attention_forward(query, key, value, embed_dim_to_check, num_heads, in_proj_weight, in_proj_bias, bias_k, bias_v, add_zero_attn, dropout_p, out_proj_weight,
                                 out_proj_bias, training=True, key_padding_mask=None, need_weights=True, attn_mask=None, use_separate_proj_weight=False, q_proj_weight=None,
                                 k_proj_weight=None, v_proj_weight=None, static_k=None, static_v=None, average_attn_weights=True):
    F = torch.nn.functional
    batched = _check_attention(query, key, value, key_padding_mask, attn_mask, num_heads)
    if not batched:
        query, key, value = query.unsqueeze(1), key.unsqueeze(1), value.unsqueeze(1)
        key_padding_mask = key_padding_mask if key_padding_mask is None else key_padding_mask.unsqueeze(0)
    length, batch, width = query.shape
    sources = key.shape[0]
    if key_padding_mask is not None and key_padding_mask.dtype != torch.bool and not key_padding_mask.is_floating_point():
        raise AssertionError('only bool and floating types of key_padding_mask are supported')
    assert width == embed_dim_to_check, f'was expecting embedding dimension of {embed_dim_to_check}, but got {width}'
    head_dim, heads = width // num_heads, batch * num_heads
    assert head_dim * num_heads == width, f'embed_dim {width} not divisible by num_heads {num_heads}'
    if use_separate_proj_weight:
        assert key.shape[:2] == value.shape[:2], f"key's sequence and batch dims {key.shape[:2]} do not match value's {value.shape[:2]}"
        q, k, v = _projected_apart(query, key, value, (q_proj_weight, k_proj_weight, v_proj_weight), in_proj_bias)
    else:
        assert key.shape == value.shape, f'key shape {key.shape} does not match value shape {value.shape}'
        q, k, v = _projected(query, key, value, in_proj_weight, in_proj_bias)
    if attn_mask is not None:
        attn_mask = _checked_mask(attn_mask, length, sources, heads)

    def one_more():  # a source that was added: all may look at it
        nonlocal attn_mask, key_padding_mask
        attn_mask, key_padding_mask = [mask if mask is None else F.pad(mask, (0, 1)) for mask in (attn_mask, key_padding_mask)]

    if bias_k is not None and bias_v is not None:
        k, v = [torch.cat([x, bias.repeat(1, batch, 1)]) for x, bias in ((k, bias_k), (v, bias_v))]
        one_more()
    q, k, v = [given if given is not None else x.contiguous().view(x.shape[0], heads, head_dim).transpose(0, 1)
               for x, given in ((q, None), (k, static_k), (v, static_v))]
    if add_zero_attn:
        k, v = [torch.cat([x, torch.zeros((heads, 1, head_dim), dtype=x.dtype)], 1) for x in (k, v)]
        one_more()
    sources = k.size(1)
    if key_padding_mask is not None:
        assert key_padding_mask.shape == (batch, sources), f'expecting key_padding_mask shape of {(batch, sources)}, but got {key_padding_mask.shape}'
        blocked = key_padding_mask.view(batch, 1, 1, sources).expand(-1, num_heads, -1, -1).reshape(heads, 1, sources)
        if attn_mask is None:
            attn_mask = blocked
        else:
            attn_mask = attn_mask.logical_or(blocked) if attn_mask.dtype == torch.bool else attn_mask.masked_fill(blocked, float('-inf'))
    if attn_mask is not None and attn_mask.dtype == torch.bool:
        attn_mask = torch.zeros_like(attn_mask, dtype=q.dtype).masked_fill_(attn_mask, float('-inf'))

    q = q / head_dim ** 0.5
    scores = torch.bmm(q, k.transpose(-2, -1)) if attn_mask is None else torch.baddbmm(attn_mask, q, k.transpose(-2, -1))
    weights = F.softmax(scores, -1)
    if dropout_p > 0.0 and training:
        weights = F.dropout(weights, dropout_p)
    output = torch.bmm(weights, v).transpose(0, 1).contiguous().view(length * batch, width)
    output = F.linear(output, out_proj_weight, out_proj_bias).view(length, batch, -1)
    output = output if batched else output.squeeze(1)
    if not need_weights:
        return output, None
    weights = weights.view(batch, num_heads, length, sources)
    if average_attn_weights:
        weights = weights.sum(1) / num_heads
    return output, weights if batched else weights.squeeze(0)

