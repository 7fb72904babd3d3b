# A second pass through what found a place in a tensor without dimensions is refused, since the place is freed.
import torch

x = torch.tensor(2.0, requires_grad=True)
for call in (lambda: x.max(-1)[0], lambda: x.min(0).values, lambda: x.sort()[0], lambda: x.median(0)[0], lambda: x.topk(1)[0], lambda: x.msort(),
             lambda: x.index_select(0, torch.tensor(0)), lambda: x.sum(0), lambda: x.cumsum(0)):
    out = call()
    out.backward()
    try:
        out.backward()
        print(out, "twice")
    except RuntimeError as error:
        print(out, str(error)[:57])
print(x.grad)
try:
    x.roll(1, 0)
except IndexError as error:
    print(error)
