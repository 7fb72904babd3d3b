# What is too large for small integers is refused where it is written, and wraps where it is computed with.
import torch

u = torch.tensor([1, 2, 250], dtype=torch.uint8)


def ask(what):
    try:
        print(what())
    except RuntimeError as error:
        print("RuntimeError:", error)


def store():
    x = u.clone()
    x[0] = 300
    return x


ask(lambda: torch.full((2,), 300, dtype=torch.uint8))
ask(lambda: torch.full_like(u, -1))
ask(lambda: u.clamp(max=300))
ask(lambda: u.clamp(-5, 100))
ask(lambda: u.masked_fill(u > 2, 300))
ask(lambda: torch.where(u > 2, u, 300))
ask(lambda: u.clone().fill_(-256))
ask(lambda: u + 300)
ask(store)
ask(lambda: torch.full((2,), 200, dtype=torch.int8))
ask(lambda: torch.zeros(2).fill_(1e40))
