# Shapes that do not hold the elements, and views that the memory does not allow.
import torch

t = torch.arange(6)
attempts = [
    lambda: t.reshape(4, 2),
    lambda: t.view(-1, 4),
    lambda: t.view(-1, -1),
    lambda: t.reshape(2, 3).t().view(6),
    lambda: t.reshape(1, 2, 3).t(),
    lambda: t.unsqueeze(3),
]
for attempt in attempts:
    try:
        print(attempt())
    except (RuntimeError, IndexError) as error:
        print(f"{type(error).__name__}: {error}")
