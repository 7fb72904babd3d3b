# Some operators keep more than their rule reads: what was changed in place since is told of, as with all that is kept.
import torch
import torch.nn.functional as F


def attempt(operate):
    h = torch.ones(1, 1, 4, 4, requires_grad=True) * 2
    y = operate(h)
    h.add_(1)
    try:
        y.sum().backward()
        print("fine")
    except RuntimeError as error:
        print(str(error)[:160])


for operate in [lambda h: F.avg_pool2d(h, 2), lambda h: F.max_pool2d(h, 2), lambda h: h.gather(0, torch.zeros(1, 1, 4, 4, dtype=torch.int64)), lambda h: h[h > 1],
                lambda h: h.masked_select(h > 1), lambda h: h.take(torch.tensor([0])), lambda h: h.mean(0), lambda h: h.mean(), lambda h: h.sum(0),
                lambda h: F.nll_loss(h, torch.zeros(1, 4, 4, dtype=torch.int64)), lambda h: h.index_select(0, torch.tensor([0])), lambda h: h**0]:
    attempt(operate)
index = torch.tensor([0, 1])
x = torch.ones(3, requires_grad=True)
y = x.gather(0, index)
index.add_(1)
try:
    y.sum().backward()
except RuntimeError as error:
    print(error)
