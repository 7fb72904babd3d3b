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

    def _projected(self, query, key, value):
        """Query, key and value times their weights: in one product where they are the same tensor."""
        weight, bias, width = self.in_proj_weight, self.in_proj_bias, self.embed_dim
        if self._qkv_same_embed_dim and key is value:
            if query is key:
                return F.linear(query, weight, bias).chunk(3, -1)
            (w_q, w_rest), (b_q, b_rest) = weight.split([width, 2 * width]), (None, None) if bias is None else bias.split([width, 2 * width])
            return (F.linear(query, w_q, b_q),) + F.linear(key, w_rest, b_rest).chunk(2, -1)
        weights = weight.chunk(3) if self._qkv_same_embed_dim else (self.q_proj_weight, self.k_proj_weight, self.v_proj_weight)
        biases = (None, None, None) if bias is None else bias.chunk(3)
        return [F.linear(x, w, b) for x, w, b in zip((query, key, value), weights, biases)]

    def forward(self, query, key, value, key_padding_mask=None, need_weights=True, attn_mask=None, average_attn_weights=True):
        if query.dim() not in (2, 3):
            raise AssertionError(f'query should be unbatched 2D or batched 3D tensor but received {query.dim()}-D query tensor')
        batched = query.dim() == 3
        if not batched:
            query, key, value = [x.unsqueeze(1) for x in (query, key, value)]
        elif self.batch_first:  # what was one tensor stays one
            turned = {id(x): x.transpose(0, 1) for x in (query, key, value)}
            query, key, value = [turned[id(x)] for x in (query, key, value)]
        length, batch, width = query.shape
        assert width == self.embed_dim, f'was expecting embedding dimension of {self.embed_dim}, but got {width}'
        if self._qkv_same_embed_dim:
            assert key.shape == value.shape, f'key shape {key.shape} does not match value shape {value.shape}'
        else:
            assert key.shape[:2] == value.shape[:2], (f"key's sequence and batch dims {key.shape[:2]} do not match value's {value.shape[:2]}")
        sources = key.size(0)

        def heads(x):
            return x.contiguous().view(x.size(0), batch * self.num_heads, self.head_dim).transpose(0, 1)

        q, k, v = self._projected(query, key, value)
        if self.bias_k is not None:
            k, v = [torch.cat([x, bias.repeat(1, batch, 1)]) for x, bias in ((k, self.bias_k), (v, self.bias_v))]
        q, k, v = heads(q), heads(k), heads(v)
        if self.add_zero_attn:
            k, v = [torch.cat([x, x.new_zeros((x.size(0), 1, self.head_dim))], 1) for x in (k, v)]
        more = k.size(1) - sources  # sources that were added: all may look at them
        sources = k.size(1)
        if more and attn_mask is not None:
            attn_mask = F.pad(attn_mask, (0, more))
        if more and key_padding_mask is not None:
            key_padding_mask = F.pad(key_padding_mask, (0, more))
        scores = torch.bmm(q * math.sqrt(1.0 / float(self.head_dim)), k.transpose(-2, -1))
        if attn_mask is not None:
            if attn_mask.dim() not in (2, 3):
                raise RuntimeError(f"attn_mask's dimension {attn_mask.dim()} is not supported")
            wanted = (length, sources) if attn_mask.dim() == 2 else (batch * self.num_heads, length, sources)
            if attn_mask.shape != wanted:
                kind = '2D' if attn_mask.dim() == 2 else '3D'
                raise RuntimeError(f'The shape of the {kind} attn_mask is {attn_mask.shape}, but should be {wanted}.')
            scores = scores.masked_fill(attn_mask, float('-inf')) if attn_mask.dtype == torch.bool else scores + attn_mask
        if key_padding_mask is not None:
            blocked = key_padding_mask.view(batch, 1, 1, sources).expand(-1, self.num_heads, -1, -1).reshape(batch * self.num_heads, 1, sources)
            scores = scores.masked_fill(blocked, float('-inf')) if blocked.dtype == torch.bool else scores + blocked
        weights = F.softmax(scores, -1)
        if self.dropout > 0.0 and self.training:
            weights = F.dropout(weights, self.dropout)
        output = torch.bmm(weights, v).transpose(0, 1).contiguous().view(length * batch, width)
        output = self.out_proj(output).view(length, batch, width)
        if not batched:
            output = output.squeeze(1)
        elif self.batch_first:
            output = output.transpose(0, 1)
        if not need_weights:
            return output, None
        weights = weights.view(batch, self.num_heads, length, sources)
        if average_attn_weights:
            weights = weights.sum(1) / self.num_heads
        return output, weights if batched else weights.squeeze(0)


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
        object.__setattr__(self, 'activation', activation if activation is not None else F.relu)

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
    def __init__(self, encoder_layer, num_layers, norm=None, enable_nested_tensor=True, mask_check=True):
        super().__init__()
        self.layers = ModuleList([copy.deepcopy(encoder_layer) for _ in range(num_layers)])
        self.num_layers, self.norm = num_layers, norm

    def forward(self, src, mask=None, src_key_padding_mask=None):
        for layer in self.layers:
            src = layer(src, src_mask=mask, src_key_padding_mask=src_key_padding_mask)
        return src if self.norm is None else self.norm(src)
