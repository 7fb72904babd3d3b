# torch.nn: recurrent layers and their cells, attention, the transformer's encoder layer. Gates stand in the order in which PyTorch keeps
# them: i, f, g, o for the LSTM; r, z, n for the GRU.


class _RecurrentBase(Module):
    """The parameters of every recurrent layer and cell: all drawn from U(-1/sqrt(hidden), 1/sqrt(hidden)), in the order made."""

    def reset_parameters(self):
        bound = 1.0 / math.sqrt(self.hidden_size) if self.hidden_size > 0 else 0
        for weight in self.parameters():
            init.uniform_(weight, -bound, bound)


def _rnn_step(activation):
    def step(x, h, w_ih, w_hh, b_ih, b_hh):
        return activation(F.linear(x, w_ih, b_ih) + F.linear(h, w_hh, b_hh))
    return step


_tanh_step, _relu_step = _rnn_step(torch.tanh), _rnn_step(torch.relu)


def _lstm_step(x, state, w_ih, w_hh, b_ih, b_hh):
    h, c = state
    i, f, g, o = (F.linear(x, w_ih, b_ih) + F.linear(h, w_hh, b_hh)).chunk(4, 1)
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c), c


def _gru_step(x, h, w_ih, w_hh, b_ih, b_hh):
    x_r, x_z, x_n = F.linear(x, w_ih, b_ih).chunk(3, 1)
    h_r, h_z, h_n = F.linear(h, w_hh, b_hh).chunk(3, 1)
    r, z = torch.sigmoid(x_r + h_r), torch.sigmoid(x_z + h_z)
    n = torch.tanh(x_n + r * h_n)
    return (h - n) * z + n


class _RNNBase(_RecurrentBase):
    _gates = 1

    def __init__(self, input_size, hidden_size, num_layers=1, bias=True, batch_first=False, dropout=0.0, bidirectional=False,
                 device=None, dtype=None):
        super().__init__()
        self.input_size, self.hidden_size, self.num_layers = input_size, hidden_size, num_layers
        self.bias, self.batch_first, self.dropout, self.bidirectional = bias, batch_first, float(dropout), bidirectional
        if dropout > 0 and num_layers == 1:
            import warnings
            warnings.warn('dropout option adds dropout after all but last recurrent layer, so non-zero dropout expects num_layers greater '
                          f'than 1, but got dropout={dropout} and num_layers={num_layers}')
        rows = self._gates * hidden_size
        for layer in range(num_layers):
            width = input_size if layer == 0 else hidden_size * (2 if bidirectional else 1)
            for suffix in self._suffixes(layer):
                setattr(self, 'weight_ih' + suffix, Parameter(torch.empty((rows, width), dtype=dtype)))
                setattr(self, 'weight_hh' + suffix, Parameter(torch.empty((rows, hidden_size), dtype=dtype)))
                if bias:
                    setattr(self, 'bias_ih' + suffix, Parameter(torch.empty(rows, dtype=dtype)))
                    setattr(self, 'bias_hh' + suffix, Parameter(torch.empty(rows, dtype=dtype)))
        self.reset_parameters()

    def _suffixes(self, layer):
        return [f'_l{layer}', f'_l{layer}_reverse'] if self.bidirectional else [f'_l{layer}']

    def flatten_parameters(self):
        pass

    def _weights(self, suffix):
        names = ['weight_ih', 'weight_hh'] + (['bias_ih', 'bias_hh'] if self.bias else [])
        weights = [getattr(self, name + suffix) for name in names]
        return weights if self.bias else weights + [None, None]

    def _check(self, input, batched):
        if input.dim() not in (2, 3):
            raise AssertionError(f'{self._get_name()}: Expected input to be 2-D or 3-D but received {input.dim()}-D tensor')
        if input.size(-1) != self.input_size:
            raise RuntimeError(f'input.size(-1) must be equal to input_size. Expected {self.input_size}, got {input.size(-1)}')

    def _run(self, input, states):
        """input: (time, batch, features); states: one for each layer and direction. Gives the outputs and the last states."""
        finals = []
        for layer in range(self.num_layers):
            outputs = []
            for direction, suffix in enumerate(self._suffixes(layer)):
                state = states[len(finals)]
                weights = self._weights(suffix)
                steps = list(input.unbind(0))
                seen = []
                for x in (reversed(steps) if direction else steps):
                    state = self._step(x, state, *weights)
                    seen.append(state[0] if isinstance(state, tuple) else state)
                finals.append(state)
                outputs.append(torch.stack(seen[::-1] if direction else seen))
            input = outputs[0] if len(outputs) == 1 else torch.cat(outputs, 2)
            if self.dropout and layer < self.num_layers - 1:
                input = F.dropout(input, self.dropout, self.training)
        return input, finals

    def forward(self, input, hx=None):
        batched = input.dim() == 3
        self._check(input, batched)
        if not batched:
            input = input.unsqueeze(0 if self.batch_first else 1)
        if self.batch_first:
            input = input.transpose(0, 1)
        count = self.num_layers * (2 if self.bidirectional else 1)
        output, finals = self._run(input, self._unpack(hx, count, input, batched))
        if self.batch_first:
            output = output.transpose(0, 1)
        if not batched:
            output = output.squeeze(0 if self.batch_first else 1)
        return output, self._pack(finals, batched)

    def _begin(self, hx, count, input, batched):
        if hx is None:
            return [torch.zeros(input.size(1), self.hidden_size, dtype=input.dtype) for _ in range(count)]
        if not batched:
            hx = hx.unsqueeze(1)
        expected = (count, input.size(1), self.hidden_size)
        if tuple(hx.shape) != expected:
            raise RuntimeError(f'Expected hidden size {expected}, got {list(hx.shape)}')
        return list(hx.unbind(0))

    def _unpack(self, hx, count, input, batched):
        return self._begin(hx, count, input, batched)

    def _end(self, states, batched):
        out = torch.stack(states)
        return out if batched else out.squeeze(1)

    def _pack(self, finals, batched):
        return self._end(finals, batched)

    def extra_repr(self):
        text = f'{self.input_size}, {self.hidden_size}'
        if self.num_layers != 1:
            text += f', num_layers={self.num_layers}'
        if self.bias is not True:
            text += f', bias={self.bias}'
        if self.batch_first is not False:
            text += f', batch_first={self.batch_first}'
        if self.dropout != 0:
            text += f', dropout={self.dropout}'
        if self.bidirectional is not False:
            text += f', bidirectional={self.bidirectional}'
        return text


class RNN(_RNNBase):
    def __init__(self, *args, nonlinearity='tanh', **kwargs):
        if nonlinearity not in ('tanh', 'relu'):
            raise ValueError(f"Unknown nonlinearity '{nonlinearity}'")
        self.__dict__['_step'] = _tanh_step if nonlinearity == 'tanh' else _relu_step
        super().__init__(*args, **kwargs)
        self.nonlinearity = nonlinearity


class LSTM(_RNNBase):
    _gates = 4
    _step = staticmethod(_lstm_step)

    def _unpack(self, hx, count, input, batched):
        h, c = (None, None) if hx is None else hx
        return list(zip(self._begin(h, count, input, batched), self._begin(c, count, input, batched)))

    def _pack(self, finals, batched):
        return self._end([h for h, c in finals], batched), self._end([c for h, c in finals], batched)


class GRU(_RNNBase):
    _gates = 3
    _step = staticmethod(_gru_step)


class _CellBase(_RecurrentBase):
    def __init__(self, input_size, hidden_size, bias=True, device=None, dtype=None):
        super().__init__()
        self.input_size, self.hidden_size, self.bias = input_size, hidden_size, bias
        rows = self._gates * hidden_size
        self.weight_ih = Parameter(torch.empty((rows, input_size), dtype=dtype))
        self.weight_hh = Parameter(torch.empty((rows, hidden_size), dtype=dtype))
        for name in ('bias_ih', 'bias_hh'):
            self.register_parameter(name, Parameter(torch.empty(rows, dtype=dtype)) if bias else None)
        self.reset_parameters()

    def _apply_step(self, step, input, states):
        batched = input.dim() == 2
        x = input if batched else input.unsqueeze(0)
        states = [torch.zeros(x.size(0), self.hidden_size, dtype=x.dtype) if state is None else state if batched else state.unsqueeze(0)
                  for state in states]
        out = step(x, states[0] if len(states) == 1 else tuple(states), self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh)
        if batched:
            return out
        return tuple(part.squeeze(0) for part in out) if isinstance(out, tuple) else out.squeeze(0)

    def extra_repr(self):
        return f'{self.input_size}, {self.hidden_size}' + ('' if self.bias is True else f', bias={self.bias}')


class RNNCell(_CellBase):
    _gates = 1

    def __init__(self, input_size, hidden_size, bias=True, nonlinearity='tanh', device=None, dtype=None):
        super().__init__(input_size, hidden_size, bias, dtype=dtype)
        self.nonlinearity = nonlinearity

    def forward(self, input, hx=None):
        if self.nonlinearity not in ('tanh', 'relu'):
            raise RuntimeError(f'Unknown nonlinearity: {self.nonlinearity}')
        return self._apply_step(_tanh_step if self.nonlinearity == 'tanh' else _relu_step, input, [hx])

    def extra_repr(self):
        return super().extra_repr() + ('' if self.nonlinearity == 'tanh' else f', nonlinearity={self.nonlinearity}')


class LSTMCell(_CellBase):
    _gates = 4

    def forward(self, input, hx=None):
        return self._apply_step(_lstm_step, input, [None, None] if hx is None else list(hx))


class GRUCell(_CellBase):
    _gates = 3

    def forward(self, input, hx=None):
        return self._apply_step(_gru_step, input, [hx])


# ---- attention


class NonDynamicallyQuantizableLinear(Linear):
    pass


class MultiheadAttention(Module):
    def __init__(self, embed_dim, num_heads, dropout=0.0, bias=True, add_bias_kv=False, add_zero_attn=False, kdim=None, vdim=None,
                 batch_first=False, device=None, dtype=None):
        super().__init__()
        if add_bias_kv or add_zero_attn:
            raise NotImplementedError('MultiheadAttention: add_bias_kv and add_zero_attn are not part of nabla yet')
        if (kdim or embed_dim) != embed_dim or (vdim or embed_dim) != embed_dim:
            raise NotImplementedError('MultiheadAttention: kdim and vdim other than embed_dim are not part of nabla yet')
        self.embed_dim, self.num_heads, self.dropout, self.batch_first = embed_dim, num_heads, dropout, batch_first
        self.head_dim = embed_dim // num_heads
        assert self.head_dim * num_heads == embed_dim, 'embed_dim must be divisible by num_heads'
        self.in_proj_weight = Parameter(torch.empty((3 * embed_dim, embed_dim), dtype=dtype))
        self.register_parameter('in_proj_bias', Parameter(torch.empty(3 * embed_dim, dtype=dtype)) if bias else None)
        self.out_proj = NonDynamicallyQuantizableLinear(embed_dim, embed_dim, bias=bias, dtype=dtype)
        init.xavier_uniform_(self.in_proj_weight)
        if bias:
            init.constant_(self.in_proj_bias, 0.0)
            init.constant_(self.out_proj.bias, 0.0)

    def forward(self, query, key, value, key_padding_mask=None, need_weights=True, attn_mask=None, average_attn_weights=True):
        batched = query.dim() == 3
        if not batched:
            query, key, value = [x.unsqueeze(1) for x in (query, key, value)]
        elif self.batch_first:
            query, key, value = [x.transpose(0, 1) for x in (query, key, value)]
        length, batch, width = query.shape
        assert width == self.embed_dim, f'was expecting embedding dimension of {self.embed_dim}, but got {width}'
        sources = key.size(0)
        w_q, w_k, w_v = self.in_proj_weight.chunk(3)
        b_q, b_k, b_v = self.in_proj_bias.chunk(3) if self.in_proj_bias is not None else (None, None, None)

        def heads(x, w, b):
            return F.linear(x, w, b).contiguous().view(x.size(0), batch * self.num_heads, self.head_dim).transpose(0, 1)

        q, k, v = heads(query, w_q, b_q), heads(key, w_k, b_k), heads(value, w_v, b_v)
        scores = torch.bmm(q * math.sqrt(1.0 / float(self.head_dim)), k.transpose(-2, -1))
        if attn_mask is not None:
            scores = scores.masked_fill(attn_mask, float('-inf')) if attn_mask.dtype == torch.bool else scores + attn_mask
        if key_padding_mask is not None:
            blocked = key_padding_mask.view(batch, 1, 1, sources).expand(-1, self.num_heads, -1, -1).reshape(batch * self.num_heads, 1, sources)
            scores = scores.masked_fill(blocked, float('-inf'))
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
    def __init__(self, encoder_layer, num_layers, norm=None, enable_nested_tensor=True):
        super().__init__()
        import copy
        self.layers = ModuleList([copy.deepcopy(encoder_layer) for _ in range(num_layers)])
        self.num_layers, self.norm = num_layers, norm

    def forward(self, src, mask=None, src_key_padding_mask=None):
        for layer in self.layers:
            src = layer(src, src_mask=mask, src_key_padding_mask=src_key_padding_mask)
        return src if self.norm is None else self.norm(src)
