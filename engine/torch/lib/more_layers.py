# torch.nn: the layers that are seldom used, those whose sizes come with the first input, and the decoder half of the transformer.
import copy
import warnings


def _filled(value, count):
    return tuple(value) if isinstance(value, (tuple, list)) else (value,) * count


class _ConstantPadNd(Module):
    def __init__(self, padding, value):
        super().__init__()
        self.padding, self.value = _filled(padding, self._sides), value

    def forward(self, input):
        return F.pad(input, self.padding, 'constant', self.value)

    def extra_repr(self):
        return f'padding={self.padding}, value={self.value}'


class ConstantPad1d(_ConstantPadNd):
    _sides = 2


class ConstantPad2d(_ConstantPadNd):
    _sides = 4


class ConstantPad3d(_ConstantPadNd):
    _sides = 6




def _softmax_of_channels(module, input):
    assert input.dim() in (3, 4), 'Softmax2d requires a 3D or 4D tensor as input'
    return F.softmax(input, -3)


Softmax2d = _function_module('Softmax2d', _softmax_of_channels, [])
RReLU = _function_module('RReLU', lambda m, x: F.rrelu(x, m.lower, m.upper, m.training, m.inplace), [('lower', 1.0 / 8), ('upper', 1.0 / 3), ('inplace', False)],
                         lambda m: f'lower={m.lower}, upper={m.upper}' + (', inplace=True' if m.inplace else ''))
PixelUnshuffle = _function_module('PixelUnshuffle', lambda m, x: F.pixel_unshuffle(x, m.downscale_factor), [('downscale_factor', ...)])
LocalResponseNorm = _function_module('LocalResponseNorm', lambda m, x: F.local_response_norm(x, m.size, m.alpha, m.beta, m.k),
                                     [('size', ...), ('alpha', 1e-4), ('beta', 0.75), ('k', 1.0)],
                                     lambda m: f'{m.size}, alpha={m.alpha}, beta={m.beta}, k={m.k}')
Unfold = _function_module('Unfold', lambda m, x: F.unfold(x, m.kernel_size, m.dilation, m.padding, m.stride),
                          [('kernel_size', ...), ('dilation', 1), ('padding', 0), ('stride', 1)])
Fold = _function_module('Fold', lambda m, x: F.fold(x, m.output_size, m.kernel_size, m.dilation, m.padding, m.stride),
                        [('output_size', ...), ('kernel_size', ...), ('dilation', 1), ('padding', 0), ('stride', 1)])
LPPool1d = _function_module('LPPool1d', lambda m, x: F.lp_pool1d(x, float(m.norm_type), m.kernel_size, m.stride, m.ceil_mode),
                            [('norm_type', ...), ('kernel_size', ...), ('stride', None), ('ceil_mode', False)])
LPPool2d = _function_module('LPPool2d', lambda m, x: F.lp_pool2d(x, float(m.norm_type), m.kernel_size, m.stride, m.ceil_mode),
                            [('norm_type', ...), ('kernel_size', ...), ('stride', None), ('ceil_mode', False)])


class ChannelShuffle(Module):
    def __init__(self, groups):
        super().__init__()
        self.groups = groups

    def forward(self, input):
        batch, channels, *rest = input.shape
        return input.reshape(batch, self.groups, channels // self.groups, *rest).transpose(1, 2).reshape(input.shape)

    def extra_repr(self):
        return f'groups={self.groups}'


class UpsamplingNearest2d(Upsample):
    def __init__(self, size=None, scale_factor=None):
        super().__init__(size, scale_factor, mode='nearest')


class UpsamplingBilinear2d(Upsample):
    def __init__(self, size=None, scale_factor=None):
        super().__init__(size, scale_factor, mode='bilinear', align_corners=True)


class BatchNorm3d(_BatchNorm):
    def _check_input_dim(self, input):
        if input.dim() != 5:
            raise ValueError(f'expected 5D input (got {input.dim()}D input)')


class _InstanceNorm(_NormBase):
    def __init__(self, num_features, eps=1e-5, momentum=0.1, affine=False, track_running_stats=False, device=None, dtype=None):
        super().__init__(num_features, eps, momentum, affine, track_running_stats, device, dtype)

    def forward(self, input):
        if input.dim() not in (self._dim, self._dim - 1):
            raise ValueError(f'expected {self._dim - 1}D or {self._dim}D input (got {input.dim()}D input)')
        batched = input if input.dim() == self._dim else input.unsqueeze(0)
        momentum = 0.0 if self.momentum is None else self.momentum
        out = F.instance_norm(batched, self.running_mean, self.running_var, self.weight, self.bias,
                              self.training or not self.track_running_stats, momentum, self.eps)
        return out if batched is input else out.squeeze(0)


class InstanceNorm1d(_InstanceNorm):
    _dim = 3


class InstanceNorm2d(_InstanceNorm):
    _dim = 4


class InstanceNorm3d(_InstanceNorm):
    _dim = 5


class EmbeddingBag(Module):
    def __init__(self, num_embeddings, embedding_dim, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, mode='mean', sparse=False,
                 _weight=None, include_last_offset=False, padding_idx=None, device=None, dtype=None):
        super().__init__()
        self.num_embeddings, self.embedding_dim, self.mode = num_embeddings, embedding_dim, mode
        self.max_norm, self.norm_type, self.scale_grad_by_freq, self.sparse = max_norm, norm_type, scale_grad_by_freq, sparse
        if padding_idx is not None:
            assert padding_idx < num_embeddings and padding_idx >= -num_embeddings, 'padding_idx must be within num_embeddings'
            padding_idx = padding_idx % num_embeddings
        self.padding_idx, self.include_last_offset = padding_idx, include_last_offset
        self.weight = Parameter(torch.empty((num_embeddings, embedding_dim), dtype=dtype) if _weight is None else _weight)
        if _weight is None:
            self.reset_parameters()

    def reset_parameters(self):
        init.normal_(self.weight)
        if self.padding_idx is not None:
            with torch.no_grad():
                self.weight[self.padding_idx].fill_(0)

    def forward(self, input, offsets=None, per_sample_weights=None):
        if per_sample_weights is not None and self.mode != 'sum':
            raise NotImplementedError("embedding_bag: per_sample_weights was not None. per_sample_weights is only supported for mode='sum' "
                                      f"(got mode='{self.mode}'). Please open a feature request on GitHub.")
        if input.dim() == 2:
            if offsets is not None:
                raise ValueError('if input is 2D, then offsets has to be None, as input is treated is a mini-batch of fixed length sequences. '
                                 f'However, found offsets of type {type(offsets)}')
            places = [range(i * input.size(1), (i + 1) * input.size(1)) for i in range(input.size(0))]
        else:
            if offsets is None:
                raise ValueError('offsets has to be a 1D Tensor but got None')
            starts = offsets.tolist()
            ends = starts[1:] + ([] if self.include_last_offset else [len(input)])
            places = [range(start, end) for start, end in zip(starts, ends)]
        input = input.reshape(-1)
        rows, names = [], input.tolist()
        for bag in places:
            bag = [i for i in bag if names[i] != self.padding_idx]
            vectors = F.embedding(input[bag], self.weight, None, self.max_norm, self.norm_type, self.scale_grad_by_freq, self.sparse)
            if per_sample_weights is not None:
                vectors = vectors * per_sample_weights.reshape(-1)[bag].unsqueeze(1)
            if len(bag) == 0:
                rows.append(torch.zeros(self.embedding_dim, dtype=self.weight.dtype))
            elif self.mode == 'max':
                rows.append(vectors.max(0)[0])
            else:
                rows.append(vectors.sum(0) if self.mode == 'sum' else vectors.mean(0))
        return torch.stack(rows)

    def extra_repr(self):
        text = f'{self.num_embeddings}, {self.embedding_dim}'
        if self.max_norm is not None:
            text += f', max_norm={self.max_norm}'
        if self.norm_type != 2:
            text += f', norm_type={self.norm_type}'
        if self.scale_grad_by_freq:
            text += f', scale_grad_by_freq={self.scale_grad_by_freq}'
        text += f', mode={self.mode}'
        if self.padding_idx is not None:
            text += f', padding_idx={self.padding_idx}'
        return text


class DataParallel(Module):
    """One device: the module itself."""
    def __init__(self, module, device_ids=None, output_device=None, dim=0):
        super().__init__()
        self.module = module

    def forward(self, *inputs, **kwargs):
        return self.module(*inputs, **kwargs)


class Dropout3d(_DropoutNd):
    def forward(self, input):
        return F.dropout3d(input, self.p, self.training, self.inplace)


# ---- losses


class MultiMarginLoss(_WeightedLoss):
    def __init__(self, p=1, margin=1.0, weight=None, size_average=None, reduce=None, reduction='mean'):
        super().__init__(weight, size_average, reduce, reduction)
        self.p, self.margin = p, margin

    def forward(self, input, target):
        return F.multi_margin_loss(input, target, p=self.p, margin=self.margin, weight=self.weight, reduction=self.reduction)


class MultiLabelMarginLoss(_Loss):
    def forward(self, input, target):
        return F.multilabel_margin_loss(input, target, reduction=self.reduction)


class MultiLabelSoftMarginLoss(_WeightedLoss):
    def forward(self, input, target):
        return F.multilabel_soft_margin_loss(input, target, weight=self.weight, reduction=self.reduction)


class TripletMarginWithDistanceLoss(_Loss):
    def __init__(self, *, distance_function=None, margin=1.0, swap=False, reduction='mean'):
        super().__init__(reduction=reduction)
        self.distance_function = PairwiseDistance() if distance_function is None else distance_function
        self.margin, self.swap = margin, swap

    def forward(self, anchor, positive, negative):
        near, far = self.distance_function(anchor, positive), self.distance_function(anchor, negative)
        if self.swap:
            far = torch.minimum(far, self.distance_function(positive, negative))
        loss = torch.clamp_min(near - far + self.margin, 0.0)
        return loss.mean() if self.reduction == 'mean' else loss.sum() if self.reduction == 'sum' else loss


# ---- sizes that come with the first input


class _Lazy:
    """Mixed into a layer: its parameters wait for the first input; then it becomes the layer itself."""
    def _wait(self, **more):
        warnings.warn('Lazy modules are a new feature under heavy development so changes to the API or functionality can happen at any moment.')
        self._initialize_hook = self.register_forward_pre_hook(_Lazy._infer)
        for name, value in more.items():
            setattr(self, name, value)

    def has_uninitialized_params(self):
        return any(isinstance(p, UninitializedParameter) for p in self._parameters.values())

    @staticmethod
    def _infer(module, input):
        module.initialize_parameters(*input)
        module._initialize_hook.remove()
        del module._initialize_hook
        module.__class__ = module.cls_to_become

    def reset_parameters(self):
        if not self.has_uninitialized_params() and (self.weight is None or self.weight.numel() > 0):
            super().reset_parameters()


class LazyLinear(_Lazy, Linear):
    cls_to_become = Linear

    def __init__(self, out_features, bias=True, device=None, dtype=None):
        Module.__init__(self)
        self.in_features, self.out_features = 0, out_features
        self.weight = UninitializedParameter(dtype=dtype)
        self.bias = UninitializedParameter(dtype=dtype) if bias else None
        self._parameters.setdefault('bias', None)
        self.__dict__.pop('bias', None)
        self._wait()

    def initialize_parameters(self, input):
        if self.has_uninitialized_params():
            self.in_features = input.shape[-1]
            self.weight.materialize((self.out_features, self.in_features))
            if self.bias is not None:
                self.bias.materialize((self.out_features,))
            self.reset_parameters()


class _LazyConv(_Lazy):
    def __init__(self, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True, padding_mode='zeros', device=None, dtype=None):
        super().__init__(0, 0, kernel_size, stride, padding, dilation, groups, False, padding_mode, device, dtype)
        self._begin(out_channels, bias, dtype)

    def _begin(self, out_channels, bias, dtype):
        self.in_channels, self.out_channels = 0, out_channels
        self.weight = UninitializedParameter(dtype=dtype)
        if bias:
            self.bias = UninitializedParameter(dtype=dtype)
        self._wait()

    def _weight_sizes(self):
        return self.out_channels, self.in_channels // self.groups

    def initialize_parameters(self, input):
        if not self.has_uninitialized_params():
            return
        dims = len(self.kernel_size)
        if input.dim() not in (dims + 1, dims + 2):
            raise RuntimeError(f'Expected {dims + 1}D (unbatched) or {dims + 2}D (batched) input to {type(self).__name__}, but got input of size: {input.shape}')
        self.in_channels = input.shape[-dims - 1]
        if self.in_channels % self.groups != 0:
            raise ValueError('in_channels must be divisible by groups')
        self.weight.materialize((*self._weight_sizes(), *self.kernel_size))
        if self.bias is not None:
            self.bias.materialize((self.out_channels,))
        self.reset_parameters()


class LazyConv1d(_LazyConv, Conv1d):
    cls_to_become = Conv1d


class LazyConv2d(_LazyConv, Conv2d):
    cls_to_become = Conv2d


class _LazyBatchNorm(_Lazy):
    def __init__(self, eps=1e-5, momentum=0.1, affine=True, track_running_stats=True, device=None, dtype=None):
        super().__init__(0, eps, momentum, affine, track_running_stats, device, dtype)
        if affine:
            self.weight, self.bias = UninitializedParameter(dtype=dtype), UninitializedParameter(dtype=dtype)
        self._wait()

    def initialize_parameters(self, input):
        self.num_features = input.shape[1]
        for p in (self.weight, self.bias):
            if isinstance(p, UninitializedParameter):
                p.materialize((self.num_features,))
        if self.track_running_stats:
            self.running_mean, self.running_var = torch.zeros(self.num_features), torch.ones(self.num_features)
        self.reset_parameters()


class LazyBatchNorm1d(_LazyBatchNorm, BatchNorm1d):
    cls_to_become = BatchNorm1d


class LazyBatchNorm2d(_LazyBatchNorm, BatchNorm2d):
    cls_to_become = BatchNorm2d


# ---- the transformer's decoder


class TransformerDecoderLayer(TransformerEncoderLayer):
    def __init__(self, d_model, nhead, dim_feedforward=2048, dropout=0.1, activation=None, layer_norm_eps=1e-5, batch_first=False,
                 norm_first=False, device=None, dtype=None):
        Module.__init__(self)
        self.self_attn = MultiheadAttention(d_model, nhead, dropout=dropout, batch_first=batch_first, dtype=dtype)
        self.multihead_attn = MultiheadAttention(d_model, nhead, dropout=dropout, batch_first=batch_first, dtype=dtype)
        self.linear1 = Linear(d_model, dim_feedforward, dtype=dtype)
        self.dropout = Dropout(dropout)
        self.linear2 = Linear(dim_feedforward, d_model, dtype=dtype)
        self.norm_first = norm_first
        for i in '123':
            setattr(self, 'norm' + i, LayerNorm(d_model, eps=layer_norm_eps, dtype=dtype))
        for i in '123':
            setattr(self, 'dropout' + i, Dropout(dropout))
        self._take_activation(activation)

    def _look(self, x, memory, mask, padding):
        return self.dropout2(self.multihead_attn(x, memory, memory, attn_mask=mask, key_padding_mask=padding, need_weights=False)[0])

    def _feed(self, x):
        return self.dropout3(self.linear2(self.dropout(self.activation(self.linear1(x)))))

    def forward(self, tgt, memory, tgt_mask=None, memory_mask=None, tgt_key_padding_mask=None, memory_key_padding_mask=None):
        x = tgt
        if self.norm_first:
            x = x + self._attend(self.norm1(x), tgt_mask, tgt_key_padding_mask)
            x = x + self._look(self.norm2(x), memory, memory_mask, memory_key_padding_mask)
            return x + self._feed(self.norm3(x))
        x = self.norm1(x + self._attend(x, tgt_mask, tgt_key_padding_mask))
        x = self.norm2(x + self._look(x, memory, memory_mask, memory_key_padding_mask))
        return self.norm3(x + self._feed(x))


class TransformerDecoder(Module):
    def __init__(self, decoder_layer, num_layers, norm=None):
        super().__init__()
        self.layers = ModuleList([copy.deepcopy(decoder_layer) for _ in range(num_layers)])
        self.num_layers, self.norm = num_layers, norm

    def forward(self, tgt, memory, tgt_mask=None, memory_mask=None, tgt_key_padding_mask=None, memory_key_padding_mask=None):
        for layer in self.layers:
            tgt = layer(tgt, memory, tgt_mask, memory_mask, tgt_key_padding_mask, memory_key_padding_mask)
        return tgt if self.norm is None else self.norm(tgt)


class Transformer(Module):
    def __init__(self, d_model=512, nhead=8, num_encoder_layers=6, num_decoder_layers=6, dim_feedforward=2048, dropout=0.1, activation=None,
                 custom_encoder=None, custom_decoder=None, layer_norm_eps=1e-5, batch_first=False, norm_first=False, device=None, dtype=None):
        super().__init__()
        options = (d_model, nhead, dim_feedforward, dropout, activation, layer_norm_eps, batch_first, norm_first, device, dtype)

        def norm():
            return LayerNorm(d_model, eps=layer_norm_eps, dtype=dtype)

        self.encoder = custom_encoder if custom_encoder is not None else TransformerEncoder(TransformerEncoderLayer(*options), num_encoder_layers, norm())
        self.decoder = custom_decoder if custom_decoder is not None else TransformerDecoder(TransformerDecoderLayer(*options), num_decoder_layers, norm())
        for p in self.parameters():
            if p.dim() > 1:
                init.xavier_uniform_(p)
        self.d_model, self.nhead, self.batch_first = d_model, nhead, batch_first

    def forward(self, src, tgt, src_mask=None, tgt_mask=None, memory_mask=None, src_key_padding_mask=None, tgt_key_padding_mask=None,
                memory_key_padding_mask=None):
        batch = 0 if self.batch_first else 1
        if src.dim() == 3 and src.size(batch) != tgt.size(batch):
            raise RuntimeError('the batch number of src and tgt must be equal')
        if src.size(-1) != self.d_model or tgt.size(-1) != self.d_model:
            raise RuntimeError('the feature number of src and tgt must be equal to d_model')
        memory = self.encoder(src, mask=src_mask, src_key_padding_mask=src_key_padding_mask)
        return self.decoder(tgt, memory, tgt_mask, memory_mask, tgt_key_padding_mask, memory_key_padding_mask)

    @staticmethod
    def generate_square_subsequent_mask(sz, device='cpu'):
        return torch.triu(torch.full((sz, sz), float('-inf')), diagonal=1)
