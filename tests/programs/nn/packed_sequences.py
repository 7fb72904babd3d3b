# Sequences of several lengths in one batch: padded, packed, through an LSTM whose output is projected, and padded again.
import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pack_sequence, pad_packed_sequence, pad_sequence

sequences = [torch.arange(3.0), torch.arange(5.0), torch.arange(1.0)]
padded = pad_sequence(sequences, batch_first=True)
print(padded)
packed = pack_padded_sequence(padded.unsqueeze(2), [3, 5, 1], batch_first=True, enforce_sorted=False)
print(packed.data.flatten(), packed.batch_sizes, packed.sorted_indices, packed.unsorted_indices)
print(pack_sequence([torch.tensor([1, 2, 3]), torch.tensor([4, 5]), torch.tensor([6])]))

torch.manual_seed(0)
rnn = nn.LSTM(1, 4, bidirectional=True, proj_size=2, batch_first=True)
print(rnn)
output, (h, c) = rnn(packed)
output, lengths = pad_packed_sequence(output, batch_first=True)
print(output.shape, lengths, h.shape, c.shape)
print(output[2])
# The last states are those of each sequence's own end, whatever the padding.
alone, (h_alone, _) = rnn(sequences[0].view(1, 3, 1))
print(torch.allclose(alone, output[:1, :3], atol=1e-6), torch.allclose(h_alone, h[:, :1], atol=1e-6))
try:
    pack_padded_sequence(padded, [3, 5, 1], batch_first=True)
except RuntimeError as e:
    print(e)
