# RNN, LSTM and GRU: shapes, values for a seed, gradients, cells.
import torch
from torch import nn

torch.manual_seed(0)
x = torch.randn(3, 2, 4)
for layer in (nn.RNN(4, 3), nn.LSTM(4, 3, num_layers=2), nn.GRU(4, 3, bidirectional=True, batch_first=True)):
    out, state = layer(x)
    print(layer, out.shape, out[-1, 0])
    state = state if torch.is_tensor(state) else state[1]
    print(state.shape, state[0, 0])
    layer.zero_grad()
    out.pow(2).sum().backward()
    print([(name, p.grad.abs().sum().item() > 0) for name, p in layer.named_parameters()][:4])
cell = nn.GRUCell(4, 2)
h = torch.zeros(2, 2)
for step in x:
    h = cell(step, h)
print(cell, h)
h, c = nn.LSTMCell(4, 2)(x[0])
print(h, c)
