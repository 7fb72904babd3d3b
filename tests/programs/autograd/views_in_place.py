# Which views may be changed in place, and what their bases learn of it.
import torch


def tell(f):
    try:
        print(f())
    except RuntimeError as error:
        print(error)


w = torch.ones(3, requires_grad=True)
base = torch.zeros(2, 2)
row = base[0]
base.add_(w.sum())
print(row.requires_grad, row.is_leaf)
row.sum().backward()
print(w.grad)
with torch.no_grad():
    view, (first, second, third) = w[:2], w.unbind()
tell(lambda: view.add_(1))
tell(lambda: first.add_(1))
tell(lambda: w[0].add_(1))
tell(lambda: (w * 1).unbind()[0].add_(1))
tell(lambda: (w * 1).split(1)[1].mul_(2))
tell(lambda: torch.ones(3).unbind()[0].add_(w[0]))
y = w * 1
with torch.no_grad():
    view = y[:2]
    view.add_(1)
tell(lambda: view)
y = w * 2
z = y * y
y[0] = 0
tell(lambda: z.sum().backward())
