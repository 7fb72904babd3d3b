# torch has functions that torch.nn.functional has in a friendlier form, and some of its own: gradient, range, windows, histogram, frexp.
import torch
import warnings

warnings.simplefilter('ignore')


def show(f):
    try:
        print(f())
    except Exception as error:
        print(type(error).__name__, error)


x = torch.tensor([.5, -1., 2.], requires_grad=True)
t = torch.tensor([0., 1, 3])
for f in [lambda: torch.gradient(x), lambda: torch.gradient(x, spacing=2.), lambda: torch.gradient(x, spacing=(t,)), lambda: torch.gradient(x, edge_order=2),
          lambda: torch.gradient(x, spacing=(t,), edge_order=2), lambda: torch.gradient(torch.arange(6).view(2, 3)), lambda: torch.gradient(torch.arange(5), spacing=[1, 2]),
          lambda: torch.gradient(torch.arange(5), edge_order=3), lambda: torch.gradient(torch.ones(1)),
          lambda: torch.range(1, 5, 2, requires_grad=True), lambda: torch.range(0), lambda: torch.range(1, 0), lambda: torch.range(1, 5, 0),
          lambda: torch.frexp(torch.tensor([1., 0, -3.7, float('inf')])), lambda: torch.frexp(torch.tensor([1])),
          lambda: torch.histogram(torch.tensor([1., 2, 1]), 4), lambda: torch.histogram(torch.tensor([1., 2, 1, 5]), 3, density=True),
          lambda: torch.histogram(torch.tensor([1, 2, 1]), 4), lambda: torch.histogram(torch.tensor([1., 2]), 4, range=(3, 2))]:
    show(f)

for f in [lambda: torch.hann_window(6), lambda: torch.hann_window(6, False), lambda: torch.kaiser_window(5), lambda: torch.bartlett_window(7),
          lambda: torch.blackman_window(6), lambda: torch.hamming_window(6, requires_grad=True), lambda: torch.hann_window(1), lambda: torch.hann_window(-5),
          lambda: torch.hann_window(5, dtype=torch.int64), lambda: torch.hann_window(2.)]:
    show(f)

p = torch.tensor([.1, .2, .7])
one = torch.ones(1, 1)
for f in [lambda: torch.kl_div(x, p, 0), lambda: torch.kl_div(x, p), lambda: torch.kl_div(x, p, 2), lambda: torch.dropout(x, 0.5, False),
          lambda: torch.dropout(x, 1.5, True), lambda: torch.embedding(torch.ones(3, 2, requires_grad=True), torch.tensor([1])),
          lambda: torch.celu_(x * 2), lambda: torch.selu_(x * 2), lambda: torch.threshold_(x * 2, 0, 1), lambda: torch.clip_(x * 2, 0, 1), lambda: torch.celu_(x),
          lambda: torch.gru_cell(torch.ones(1, 2), one, torch.ones(3, 2), torch.ones(3, 1, requires_grad=True)), lambda: torch.kl_div(1, p),
          lambda: torch.lstm_cell(torch.ones(1, 2), (one, one), torch.ones(4, 2), torch.ones(4, 1, requires_grad=True)),
          lambda: torch.cholesky_solve(torch.ones(2, 1), torch.eye(2) * 2), lambda: torch.asarray([1, 2.5], requires_grad=True),
          lambda: torch.asarray(x, dtype=torch.float64, copy=False), lambda: torch.asarray([1], copy=False)]:
    show(f)
