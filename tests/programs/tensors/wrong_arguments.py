# Calls that no signature fits, and names that a tensor does not have.
import torch

t = torch.ones(2)
attempts = [
    lambda: t + "one",
    lambda: torch.exp("x"),
    lambda: torch.zeros(-1),
    lambda: t.nothing,
    lambda: torch.relux(t),
    lambda: torch.tensor(),
    lambda: torch.sqrt(4.0),
]
for attempt in attempts:
    try:
        print(attempt())
    except (TypeError, AttributeError, RuntimeError) as error:
        print(f"{type(error).__name__}: {error}")
