# What an optimizer does not accept.
import torch

w = torch.zeros(2, requires_grad=True)
attempts = [
    lambda: torch.optim.SGD([], lr=0.1),
    lambda: torch.optim.SGD([w], lr=-1.0),
    lambda: torch.optim.SGD(w, lr=0.1),
    lambda: torch.optim.SGD([w * 2], lr=0.1),
    lambda: torch.optim.SGD([1.0], lr=0.1),
    lambda: torch.optim.SGD([w], lr=0.1, nesterov=True),
    lambda: torch.optim.SGD([w]),
]
for attempt in attempts:
    try:
        attempt()
    except (ValueError, TypeError) as error:
        print(f"{type(error).__name__}: {error}")
