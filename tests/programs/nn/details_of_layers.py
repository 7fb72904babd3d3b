# Details: padding to the same size by reflection, sequences of several lengths, an empty sequence, state dicts from before num_batches_tracked.
import torch
import torch.nn as nn
from torch.nn.utils.rnn import pad_sequence

torch.manual_seed(0)
for mode in ("reflect", "circular", "replicate"):
    for padding in ("same", "valid", (1, 2)):
        layer = nn.Conv2d(1, 1, (2, 3), padding=padding, padding_mode=mode)
        print(layer, layer(torch.ones(1, 1, 4, 4)).shape)

x = torch.ones(2, requires_grad=True)
padded = pad_sequence([x, x * 2, torch.zeros(4)], padding_value=-1)
print(padded)
padded.cumsum(0).sum().backward()
print(x.grad)
for sequences in [[torch.tensor([1, 2]), torch.tensor([3.5])], [torch.ones(2), torch.ones(3, 1)], [[1, 2], [3]]]:
    try:
        print(pad_sequence(sequences, batch_first=True))
    except (RuntimeError, TypeError) as error:
        print(error)
try:
    nn.LSTM(2, 3)(torch.zeros(0, 1, 2))
except RuntimeError as error:
    print(error)

net = nn.Sequential(nn.Linear(1, 1), nn.BatchNorm1d(1))
saved = net.state_dict()
for given in [{}, {key: value for key, value in saved.items() if "num" not in key}, nn.Sequential(nn.Linear(1, 1)).state_dict()]:
    print(net.load_state_dict(given, strict=False))
del saved["1.num_batches_tracked"]
print(net.load_state_dict(saved, strict=False))
