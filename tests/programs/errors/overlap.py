# A change in place must not read, shifted, what it writes.
import torch


def told(call):
    try:
        print(call())
    except RuntimeError as error:
        print(error)


x = torch.arange(4.0)
told(lambda: x[1:].add_(x[:-1]))
told(lambda: x[1:].copy_(x[:-1]))
told(lambda: torch.add(x[1:], 1, out=x[:-1]))
told(lambda: x.add_(x))
told(lambda: x[:2].add_(x[2:]))
y = torch.ones(2, 3)
told(lambda: y.add_(y[0]))
told(lambda: y[0].add_(y[1]))
try:
    x[0] = [1, 2]
except TypeError as error:
    print(error)
