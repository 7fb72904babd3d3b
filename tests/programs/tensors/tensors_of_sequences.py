# A tensor is made of whatever answers by number: deques, and classes of the program's own; reversed() turns its first dimension.
from collections import deque

import torch


class Halves:
    def __len__(self):
        return 2

    def __getitem__(self, i):
        if i > 1:
            raise IndexError
        return i + 0.5


returns = deque()
for reward in (1.0, 0.0, 2.0):
    returns.appendleft(reward + 0.9 * (returns[0] if returns else 0))
print(torch.tensor(returns), torch.tensor(Halves()), torch.tensor([deque([1]), [2]]), torch.as_tensor(deque([True])), torch.FloatTensor(deque([1, 2])))
for value in ({1}, {1: 2}, b"ab", (x for x in [1]), "a", None, {}.keys(), range(3), deque()):
    try:
        print(type(value).__name__, torch.tensor(value))
    except (RuntimeError, TypeError, ValueError) as error:
        print(type(value).__name__, error)
print(reversed(torch.arange(3)), reversed(torch.tensor(1)), [row.tolist() for row in reversed(torch.eye(2))])
