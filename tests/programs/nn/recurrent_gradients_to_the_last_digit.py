# The gradients of recurrent layers and of attention agree in every bit: each number printed stands for all bits of a parameter's gradient.
import torch
import torch.nn as nn


def digest(t):
    total = 0
    for v in t.detach().reshape(-1).tolist():
        total = (total * 31 + int(v * 2.0**60)) % 1000000007
    return total


torch.manual_seed(3)
for make in (nn.RNN, nn.LSTM, nn.GRU):
    layer, x = make(3, 5, num_layers=2, batch_first=True, bidirectional=True), torch.randn(2, 4, 3, requires_grad=True)
    out, _ = layer(x)
    (out * torch.randn(out.shape)).sum().backward()
    print(make.__name__, digest(out), digest(x.grad))
    for name, p in layer.named_parameters():
        print(name, digest(p.grad))
attention, x, memory = nn.MultiheadAttention(8, 2, batch_first=True), torch.randn(2, 5, 8, requires_grad=True), torch.randn(2, 3, 8)
for key in (x, memory):
    out, weights = attention(x, key, key)
    (out * torch.randn(out.shape)).sum().backward()
    print(digest(out), digest(weights), digest(x.grad), *[digest(p.grad) for p in attention.parameters()])
