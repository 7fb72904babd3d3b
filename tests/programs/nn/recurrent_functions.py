# Recurrent layers as functions of their parameters: torch.lstm, gru, rnn_tanh and rnn_relu.
import torch

torch.manual_seed(0)
x = torch.randn(5, 2, 3)
h, c = torch.randn(2, 2, 4), torch.randn(2, 2, 4)


def parameters(gates, layers=1, directions=2):
    return [torch.randn(gates * 4, n).squeeze(-1) for _ in range(layers * directions) for n in (3, 4, 1, 1)]


w = [p.requires_grad_() for p in parameters(4)]
output, hn, cn = torch.lstm(x, (h, c), w, True, 1, 0.0, False, True, False)
print(output[0], hn, cn.shape)
output.sum().backward()
print(w[0].grad[:2], w[7].grad[:3])
output, hn = torch.gru(x.transpose(0, 1), h[:1], parameters(3, 1, 1), True, 1, 0.0, True, False, True)
print(output.shape, hn)
for f in (torch.rnn_tanh, torch.rnn_relu):
    print(f(x, h[:1], parameters(1, 1, 1)[:2], False, 1, 0.0, False, False, False)[1])
