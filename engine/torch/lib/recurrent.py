# torch.nn: recurrent layers and their cells. Gates stand in the order in which PyTorch keeps them: i, f, g, o for the LSTM; r, z, n for
# the GRU.
import warnings


class _RecurrentBase(Module):
    """The parameters of every recurrent layer and cell: all drawn from U(-1/sqrt(hidden), 1/sqrt(hidden)), in the order made."""

    def reset_parameters(self):
        bound = 1.0 / math.sqrt(self.hidden_size) if self.hidden_size > 0 else 0
        for weight in self.parameters():
            init.uniform_(weight, -bound, bound)


# A step is given the input's share, w_ih x + b_ih: layers compute it for all times at once.

def _rnn_step(activation):
    def step(x, h, w_hh, b_hh):
        return activation(F.linear(h, w_hh, b_hh) + x)
    return step


_tanh_step, _relu_step = _rnn_step(torch.tanh), _rnn_step(torch.relu)


def _lstm_step(x, state, w_hh, b_hh, w_hr=None):
    h, c = state
    i, f, g, o = (F.linear(h, w_hh, b_hh) + x).unsafe_chunk(4, 1)
    i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)
    c = f * c + i * g
    h = o * torch.tanh(c)
    return h if w_hr is None else F.linear(h, w_hr), c


def _gru_step(x, h, w_hh, b_hh):
    # In place, so that rows have gaps between them, as PyTorch's: its kernels round otherwise there.
    (r, z, n), (xr, xz, xn) = F.linear(h, w_hh, b_hh).unsafe_chunk(3, 1), x.unsafe_chunk(3, 1)
    r, z = r.add_(xr).sigmoid_(), z.add_(xz).sigmoid_()
    n = torch.tanh(xn + n * r)
    return (h - n) * z + n


def _rows(state, start, stop):
    """Some rows of a state, which is one tensor or several."""
    return tuple(part[start:stop] for part in state) if isinstance(state, tuple) else state[start:stop]


def _joined(states):
    if len(states) == 1:
        return states[0]
    return tuple(torch.cat(parts) for parts in zip(*states)) if isinstance(states[0], tuple) else torch.cat(states)


class RNNBase(_RecurrentBase):
    _gates = 1

    def __init__(self, input_size, hidden_size, num_layers=1, bias=True, batch_first=False, dropout=0.0, bidirectional=False,
                 proj_size=0, device=None, dtype=None):
        super().__init__()
        self.input_size, self.hidden_size, self.num_layers = input_size, hidden_size, num_layers
        self.bias, self.batch_first, self.dropout, self.bidirectional = bias, batch_first, float(dropout), bidirectional
        self.proj_size = proj_size
        if not 0 <= dropout <= 1 or isinstance(dropout, bool):
            raise ValueError('dropout should be a number in range [0, 1] representing the probability of an element being zeroed')
        if dropout > 0 and num_layers == 1:
            warnings.warn('dropout option adds dropout after all but last recurrent layer, so non-zero dropout expects num_layers greater '
                          f'than 1, but got dropout={dropout} and num_layers={num_layers}')
        if proj_size < 0:
            raise ValueError('proj_size should be a positive integer or zero to disable projections')
        if proj_size >= hidden_size:
            raise ValueError('proj_size has to be smaller than hidden_size')
        rows, given_out = self._gates * hidden_size, proj_size or hidden_size
        for layer in range(num_layers):
            width = input_size if layer == 0 else given_out * (2 if bidirectional else 1)
            for suffix in self._suffixes(layer):
                setattr(self, 'weight_ih' + suffix, Parameter(torch.empty((rows, width), dtype=dtype)))
                setattr(self, 'weight_hh' + suffix, Parameter(torch.empty((rows, given_out), dtype=dtype)))
                if bias:
                    setattr(self, 'bias_ih' + suffix, Parameter(torch.empty(rows, dtype=dtype)))
                    setattr(self, 'bias_hh' + suffix, Parameter(torch.empty(rows, dtype=dtype)))
                if proj_size:
                    setattr(self, 'weight_hr' + suffix, Parameter(torch.empty((proj_size, hidden_size), dtype=dtype)))
        self.reset_parameters()

    def _suffixes(self, layer):
        return [f'_l{layer}', f'_l{layer}_reverse'] if self.bidirectional else [f'_l{layer}']

    def flatten_parameters(self):
        pass

    def _names(self):
        return ['weight_ih', 'weight_hh'] + (['bias_ih', 'bias_hh'] if self.bias else []) + (['weight_hr'] if self.proj_size else [])

    @property
    def all_weights(self):
        return [[getattr(self, name + suffix) for name in self._names()] for layer in range(self.num_layers) for suffix in self._suffixes(layer)]

    def _weights(self, suffix):
        names = ['weight_ih', 'weight_hh', 'bias_ih', 'bias_hh'] + (['weight_hr'] if self.proj_size else [])
        return [getattr(self, name + suffix) if self.bias or 'bias' not in name else None for name in names]

    def _run(self, input, states, counts=None):
        """input: (time, batch, features), or packed with `counts` rows for each time; states: one for each layer and direction. Gives the
        outputs and the last states."""
        finals = []
        for layer in range(self.num_layers):
            outputs = []
            for direction, suffix in enumerate(self._suffixes(layer)):
                state, (w_ih, w_hh, b_ih, b_hh, *more) = states[len(finals)], self._weights(suffix)
                weights, moved = (w_hh, b_hh, *more), F.linear(input, w_ih, b_ih)
                steps = list(moved.unbind(0) if counts is None else moved.split(counts))
                if counts is None:
                    seen, final = self._go(steps[::-1] if direction else steps, state, weights)
                else:
                    seen, final = (self._go_back if direction else self._go_packed)(steps, state, weights)
                finals.append(final)
                seen = seen[::-1] if direction else seen
                outputs.append(torch.stack(seen) if counts is None else torch.cat(seen))
            input = outputs[0] if len(outputs) == 1 else torch.cat(outputs, -1)
            if self.dropout and layer < self.num_layers - 1:
                input = F.dropout(input, self.dropout, self.training)
        return input, finals

    def _go(self, steps, state, weights):
        seen = []
        for x in steps:
            state = self._step(x, state, *weights)
            seen.append(state[0] if isinstance(state, tuple) else state)
        return seen, state

    def _go_packed(self, steps, state, weights):
        """Fewer and fewer rows: those that end keep their state."""
        seen, ended = [], []
        last = len(steps[0])
        for x in steps:
            count = len(x)
            if count < last:
                ended.append(_rows(state, count, last))
            state = self._step(x, _rows(state, 0, count), *weights)
            seen.append(state[0] if isinstance(state, tuple) else state)
            last = count
        return seen, _joined([state] + ended[::-1])

    def _go_back(self, steps, begin, weights):
        """From the end: rows join where their sequence ends."""
        seen, state, last = [], None, 0
        for x in steps[::-1]:
            count = len(x)
            if count > last:
                joining = _rows(begin, last, count)
                state = joining if state is None else _joined([state, joining])
            state = self._step(x, state, *weights)
            seen.append(state[0] if isinstance(state, tuple) else state)
            last = count
        return seen, state

    def forward(self, input, hx=None):
        if isinstance(input, torch.nn.utils.rnn.PackedSequence):
            return self._forward_packed(input, hx)
        batched = input.dim() == 3
        if input.dim() not in (2, 3):
            raise RuntimeError(f'input must have 3 dimensions, got {input.dim() + 1}')
        self._check_dims(hx, batched)
        if not batched:
            input = input.unsqueeze(0 if self.batch_first else 1)
            if hx is not None:
                hx = self._each(hx, lambda h: h.unsqueeze(1))
        if self.batch_first:
            input = input.transpose(0, 1)
        self._check_width(input)
        begin = self._begin(hx, input.size(1), input.dtype)
        if input.size(0) == 0:
            raise RuntimeError('Expected sequence length to be larger than 0 in RNN')
        output, finals = self._run(input, begin)
        if self.batch_first:
            output = output.transpose(0, 1) if isinstance(self, LSTM) else output.transpose_(0, 1)  # as PyTorch's operators do
        if not batched:
            output = output.squeeze(0 if self.batch_first else 1)
        return output, self._each(self._end(finals), lambda h: h if batched else h.squeeze(1))

    def _forward_packed(self, input, hx):
        data, batch_sizes, order, back = input
        self._check_width(data)
        if hx is not None and order is not None:
            hx = self._each(hx, lambda h: h.index_select(1, order))
        counts = batch_sizes.tolist()
        output, finals = self._run(data, self._begin(hx, counts[0], data.dtype), counts)
        last = self._each(self._end(finals), lambda h: h if back is None else h.index_select(1, back))
        return torch.nn.utils.rnn.PackedSequence(output, batch_sizes, order, back), last

    def _check_width(self, input):
        if input.size(-1) != self.input_size:
            raise RuntimeError(f'input.size(-1) must be equal to input_size. Expected {self.input_size}, got {input.size(-1)}')

    def _check_dims(self, hx, batched):
        if hx is not None and hx.dim() != (3 if batched else 2):
            kind, wanted = ('batched 3-D', 3) if batched else ('unbatched 2-D', 2)
            raise RuntimeError(f'For {kind} input, hx should also be {wanted}-D but got {hx.dim()}-D tensor')

    # What a state is: one tensor, here; two in an LSTM.

    def _each(self, hx, change):
        return change(hx)

    def _split(self, hx, batch, width, name, dtype):
        count = self.num_layers * (2 if self.bidirectional else 1)
        if hx is None:
            return [torch.zeros(batch, width, dtype=dtype) for _ in range(count)]
        expected = (count, batch, width)
        if tuple(hx.shape) != expected:
            raise RuntimeError(f'Expected {name} size {expected}, got {list(hx.shape)}')
        return list(hx.unbind(0))

    def _begin(self, hx, batch, dtype):
        return self._split(hx, batch, self.hidden_size, 'hidden', dtype)

    def _end(self, finals):
        return torch.stack(finals)

    def extra_repr(self):
        text = f'{self.input_size}, {self.hidden_size}'
        if self.proj_size != 0:
            text += f', proj_size={self.proj_size}'
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


def _no_projection(kwargs):
    if 'proj_size' in kwargs:
        raise ValueError('proj_size argument is only supported for LSTM, not RNN or GRU')


class RNN(RNNBase):
    def __init__(self, *args, nonlinearity='tanh', **kwargs):
        _no_projection(kwargs)
        if nonlinearity not in ('tanh', 'relu'):
            raise ValueError(f"Unknown nonlinearity '{nonlinearity}'")
        self.__dict__['_step'] = _tanh_step if nonlinearity == 'tanh' else _relu_step
        super().__init__(*args, **kwargs)
        self.nonlinearity = nonlinearity


class LSTM(RNNBase):
    _gates = 4
    _step = staticmethod(_lstm_step)

    def _check_dims(self, hx, batched):
        if hx is not None and (hx[0].dim() != hx[1].dim() or hx[0].dim() != (3 if batched else 2)):
            kind, wanted = ('batched 3-D', 3) if batched else ('unbatched 2-D', 2)
            raise RuntimeError(f'For {kind} input, hx and cx should also be {wanted}-D but got ({hx[0].dim()}-D, {hx[1].dim()}-D) tensors')

    def _each(self, hx, change):
        return change(hx[0]), change(hx[1])

    def _begin(self, hx, batch, dtype):
        h, c = (None, None) if hx is None else hx
        return list(zip(self._split(h, batch, self.proj_size or self.hidden_size, 'hidden[0]', dtype),
                        self._split(c, batch, self.hidden_size, 'hidden[1]', dtype)))

    def _end(self, finals):
        return torch.stack([h for h, c in finals]), torch.stack([c for h, c in finals])


class GRU(RNNBase):
    _gates = 3
    _step = staticmethod(_gru_step)

    def __init__(self, *args, **kwargs):
        _no_projection(kwargs)
        super().__init__(*args, **kwargs)


class RNNCellBase(_RecurrentBase):
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
        if input.dim() not in (1, 2):
            raise AssertionError(f'{self._get_name()}: Expected input to be 1-D or 2-D but received {input.dim()}-D tensor')
        batched = input.dim() == 2
        x = input if batched else input.unsqueeze(0)
        if x.size(1) != self.input_size:
            raise RuntimeError(f'input has inconsistent input_size: got {x.size(1)} expected {self.input_size}')
        states = [torch.zeros(x.size(0), self.hidden_size, dtype=x.dtype) if state is None else state if batched else state.unsqueeze(0)
                  for state in states]
        for i, state in enumerate(states):
            if state.size(0) != x.size(0):
                raise RuntimeError(f"Input batch size {x.size(0)} doesn't match hidden{i} batch size {state.size(0)}")
            if state.size(1) != self.hidden_size:
                raise RuntimeError(f'hidden{i} has inconsistent hidden_size: got {state.size(1)}, expected {self.hidden_size}')
        out = step(F.linear(x, self.weight_ih, self.bias_ih), states[0] if len(states) == 1 else tuple(states), self.weight_hh, self.bias_hh)
        if batched:
            return out
        return tuple(part.squeeze(0) for part in out) if isinstance(out, tuple) else out.squeeze(0)

    def extra_repr(self):
        return f'{self.input_size}, {self.hidden_size}' + ('' if self.bias is True else f', bias={self.bias}')


class RNNCell(RNNCellBase):
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


class LSTMCell(RNNCellBase):
    _gates = 4

    def forward(self, input, hx=None):
        return self._apply_step(_lstm_step, input, [None, None] if hx is None else list(hx))


class GRUCell(RNNCellBase):
    _gates = 3

    def forward(self, input, hx=None):
        return self._apply_step(_gru_step, input, [hx])
