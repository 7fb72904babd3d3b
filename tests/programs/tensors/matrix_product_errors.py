# Products of shapes that do not fit, each with its own words.
import torch

A, x = torch.ones(2, 3), torch.ones(2)
attempts = [
    lambda: A @ A,
    lambda: torch.mm(A, x),
    lambda: torch.mv(A, x),
    lambda: A @ x,
    lambda: x @ torch.ones(3),
    lambda: torch.dot(A, A),
    lambda: A @ 2,
    lambda: A @ torch.tensor(2.0),
    lambda: torch.ones(2, 3).mm(torch.ones(3, 2, dtype=torch.int64)),
]
for attempt in attempts:
    try:
        print(attempt())
    except (RuntimeError, TypeError) as error:
        print(f"{type(error).__name__}: {error}")
