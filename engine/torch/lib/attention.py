# torch.nn: attention and the transformer's encoder half.
import copy


class NonDynamicallyQuantizableLinear(Linear):
    pass


class MultiheadAttention(Module):
    def __init__(self, embed_dim, num_heads, dropout=0.0, bias=True, add_bias_kv=False, add_zero_attn=False, kdim=None, vdim=None,
                 batch_first=False, device=None, dtype=None):
        super().__init__()
        self.kdim, self.vdim = kdim if kdim is not None else embed_dim, vdim if vdim is not None else embed_dim
        self._qkv_same_embed_dim = self.kdim == embed_dim and self.vdim == embed_dim
        self.add_zero_attn = add_zero_attn
        self.embed_dim, self.num_heads, self.dropout, self.batch_first = embed_dim, num_heads, dropout, batch_first
        self.head_dim = embed_dim // num_heads
        assert self.head_dim * num_heads == embed_dim, 'embed_dim must be divisible by num_heads'
        if self._qkv_same_embed_dim:
            self.in_proj_weight = Parameter(torch.empty((3 * embed_dim, embed_dim), dtype=dtype))
            for name in ('q_proj_weight', 'k_proj_weight', 'v_proj_weight'):
                self.register_parameter(name, None)
        else:
            for name, width in (('q_proj_weight', embed_dim), ('k_proj_weight', self.kdim), ('v_proj_weight', self.vdim)):
                setattr(self, name, Parameter(torch.empty((embed_dim, width), dtype=dtype)))
            self.register_parameter('in_proj_weight', None)
        self.register_parameter('in_proj_bias', Parameter(torch.empty(3 * embed_dim, dtype=dtype)) if bias else None)
        self.out_proj = NonDynamicallyQuantizableLinear(embed_dim, embed_dim, bias=bias, dtype=dtype)
        for name in ('bias_k', 'bias_v'):
            self.register_parameter(name, Parameter(torch.empty((1, 1, embed_dim), dtype=dtype)) if add_bias_kv else None)
        self._reset_parameters()

    def _reset_parameters(self):
        for weight in (self.in_proj_weight, self.q_proj_weight, self.k_proj_weight, self.v_proj_weight):
            if weight is not None:
                init.xavier_uniform_(weight)
        if self.in_proj_bias is not None:
            init.constant_(self.in_proj_bias, 0.0)
            init.constant_(self.out_proj.bias, 0.0)
        for bias in (self.bias_k, self.bias_v):
            if bias is not None:
                init.xavier_normal_(bias)

    def forward(self, query, key, value, key_padding_mask=None, need_weights=True, attn_mask=None, average_attn_weights=True):
        turned = self.batch_first and query.dim() == 3
        if turned:  # what was one tensor stays one
            given = {id(x): x.transpose(1, 0) for x in (query, key, value)}
            query, key, value = [given[id(x)] for x in (query, key, value)]
        output, weights = F.multi_head_attention_forward(
            query, key, value, self.embed_dim, self.num_heads, self.in_proj_weight, self.in_proj_bias, self.bias_k, self.bias_v, self.add_zero_attn, self.dropout,
            self.out_proj.weight, self.out_proj.bias, self.training, key_padding_mask, need_weights, attn_mask, not self._qkv_same_embed_dim, self.q_proj_weight,
            self.k_proj_weight, self.v_proj_weight, average_attn_weights=average_attn_weights)
        return output.transpose(1, 0) if turned else output, weights


class TransformerEncoderLayer(Module):
    def __init__(self, d_model, nhead, dim_feedforward=2048, dropout=0.1, activation=None, layer_norm_eps=1e-5, batch_first=False,
                 norm_first=False, device=None, dtype=None):
        super().__init__()
        self.self_attn = MultiheadAttention(d_model, nhead, dropout=dropout, batch_first=batch_first, dtype=dtype)
        self.linear1 = Linear(d_model, dim_feedforward, dtype=dtype)
        self.dropout = Dropout(dropout)
        self.linear2 = Linear(dim_feedforward, d_model, dtype=dtype)
        self.norm_first = norm_first
        self.norm1 = LayerNorm(d_model, eps=layer_norm_eps, dtype=dtype)
        self.norm2 = LayerNorm(d_model, eps=layer_norm_eps, dtype=dtype)
        self.dropout1 = Dropout(dropout)
        self.dropout2 = Dropout(dropout)
        self._take_activation(activation)

    def _take_activation(self, activation):
        if isinstance(activation, str):
            if activation not in ('relu', 'gelu'):
                raise RuntimeError(f'activation should be relu/gelu, not {activation}')
            activation = F.relu if activation == 'relu' else F.gelu
        self.activation = activation if activation is not None else F.relu

    def _attend(self, x, mask, padding):
        return self.dropout1(self.self_attn(x, x, x, attn_mask=mask, key_padding_mask=padding, need_weights=False)[0])

    def _feed(self, x):
        return self.dropout2(self.linear2(self.dropout(self.activation(self.linear1(x)))))

    def forward(self, src, src_mask=None, src_key_padding_mask=None):
        x = src
        if self.norm_first:
            x = x + self._attend(self.norm1(x), src_mask, src_key_padding_mask)
            return x + self._feed(self.norm2(x))
        x = self.norm1(x + self._attend(x, src_mask, src_key_padding_mask))
        return self.norm2(x + self._feed(x))


class TransformerEncoder(Module):
    _told = False  # PyTorch warns once

    def __init__(self, encoder_layer, num_layers, norm=None, enable_nested_tensor=True, mask_check=True):
        super().__init__()
        self.layers = ModuleList([copy.deepcopy(encoder_layer) for _ in range(num_layers)])
        self.num_layers, self.norm = num_layers, norm
        self.enable_nested_tensor, self.mask_check = enable_nested_tensor, mask_check

    def _leaves_out(self, src, mask, padding):
        """Are sequences computed without their padding? PyTorch does so, by a nested tensor, where nothing is trained."""
        layer = self.layers[0]
        if mask is not None or padding is None or src.dim() != 3 or not self.enable_nested_tensor or not isinstance(layer, TransformerEncoderLayer):
            return False
        attn = layer.self_attn
        if (layer.norm_first or layer.training or not attn.batch_first or not attn._qkv_same_embed_dim or attn.num_heads % 2 or layer.activation not in (F.relu, F.gelu)
                or layer.norm1.eps != layer.norm2.eps):
            return False
        taken = padding.logical_not()
        if self.mask_check and not torch.equal(taken, taken.sort(1, descending=True)[0]):
            return False
        return not (torch.is_grad_enabled() and (src.requires_grad or any(p.requires_grad for p in layer.parameters())))

    def forward(self, src, mask=None, src_key_padding_mask=None):
        if src_key_padding_mask is not None and src_key_padding_mask.dtype != torch.bool and not src_key_padding_mask.is_floating_point():
            raise AssertionError('only bool and floating types of key_padding_mask are supported')
        short = self._leaves_out(src, mask, src_key_padding_mask)
        if short:
            if not TransformerEncoder._told:
                import warnings
                TransformerEncoder._told = True
                warnings.warn('The PyTorch API of nested tensors is in prototype stage and will change in the near future.')
            src_key_padding_mask = src_key_padding_mask.bool()
        for layer in self.layers:
            src = layer(src, src_mask=mask, src_key_padding_mask=src_key_padding_mask)
        if short:  # zeros for what was padding, as far as the longest sequence goes
            src = src.masked_fill(src_key_padding_mask.unsqueeze(-1), 0.0)[:, :src_key_padding_mask.logical_not().sum(1).max()].contiguous()
        return src if self.norm is None else self.norm(src)
