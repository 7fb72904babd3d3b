# A mask may be of any type: its elements' first bytes count, which must be 0 or 1.
import torch


def tried(call):
    try:
        print(call())
    except RuntimeError as error:
        print('RuntimeError', error)


x = torch.arange(6.).view(2, 3)
mask = torch.tensor([[0, 1, 0], [1, 1, 0]])
tried(lambda: x.masked_fill(mask, 9.))
tried(lambda: x.masked_fill(mask.byte(), 9.))
tried(lambda: x.masked_fill(mask.float(), 9.))
tried(lambda: x.masked_fill(mask + 1, 9.))
tried(lambda: x.masked_scatter(mask, torch.ones(4)))
tried(lambda: x.masked_scatter(mask.byte() * 2, torch.ones(4)))
tried(lambda: x.masked_select(mask.byte()))
tried(lambda: x.masked_select(mask))
w = torch.ones(3, requires_grad=True)
value = torch.tensor(2., requires_grad=True)
w.masked_fill(mask[0], 5.).sum().backward()
print(w.grad)
w.masked_fill(mask[1].bool(), value).sum().backward()
print(w.grad, value.grad)
tried(lambda: w.masked_fill(mask[1], value).sum().backward())
w.masked_scatter(mask[0].bool(), value.view(1)).sum().backward()
print(w.grad, value.grad)
