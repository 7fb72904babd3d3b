# Lists that are not rectangular, or not numbers, make no tensor.
import torch

def attempt(data):
    try:
        print(torch.tensor(data))
    except (ValueError, TypeError, RuntimeError) as error:
        print(f"{type(error).__name__}: {error}")

attempt([[1, 2], [3]])
attempt([1, [2, 3]])
attempt("three")
attempt([1.0, "two"])
attempt([1, None])
attempt([])
