# Indices that are out of range, too many, or of the wrong kind.
import torch

t = torch.arange(6.0).reshape(2, 3)
attempts = [
    lambda: t[2],
    lambda: t[0, -4],
    lambda: t[0, 0, 0],
    lambda: t["a"],
    lambda: t[1.0],
    lambda: torch.tensor(5)[0],
    lambda: t[::-1],
    lambda: t[[0, 5]],
]
for attempt in attempts:
    try:
        print(attempt())
    except (IndexError, TypeError, ValueError) as error:
        print(f"{type(error).__name__}: {error}")
