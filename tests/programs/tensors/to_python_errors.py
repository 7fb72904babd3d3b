# Only one element can become a number.
import torch

t = torch.tensor([1.0, 2.0])
for convert in (lambda: t.item(), lambda: float(t), lambda: int(t), lambda: len(t[0]), lambda: list(t[0])):
    try:
        print(convert())
    except (ValueError, TypeError, RuntimeError) as error:
        print(f"{type(error).__name__}: {error}")
