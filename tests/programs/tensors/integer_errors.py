# What whole numbers cannot do.
import torch

n = torch.tensor([1, 2, 3])

def attempt(what, action):
    try:
        print(what, action())
    except RuntimeError as error:
        print(f"{what}: {error}")

attempt("mean", lambda: n.mean())
attempt("divide by zero", lambda: n // 0)
attempt("negative power", lambda: n ** -1)
attempt("in-place division", lambda: n.div_(2))
attempt("dot with floats", lambda: n.dot(torch.ones(3)))
attempt("exp", lambda: n.exp())
