# What recurrent layers and padded sequences show of their history, and how the padding gets no gradient.
import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

torch.manual_seed(0)
for layer in (nn.RNN, nn.GRU, nn.LSTM):
    out = layer(2, 3, batch_first=True)(torch.randn(2, 4, 2))[0]
    print(layer.__name__, out.grad_fn.name(), out.grad_fn.next_functions[0][0].name(), out.is_contiguous())

x = torch.arange(12.0).reshape(2, 3, 2).requires_grad_()
packed = pack_padded_sequence(x, [3, 1], batch_first=True)
for first in (False, True):
    padded, lengths = pad_packed_sequence(packed, batch_first=first, total_length=4, padding_value=-1.0)
    print(padded, lengths, padded.grad_fn.next_functions[0][0].name())
(padded ** 2).sum().backward()
print(x.grad)
