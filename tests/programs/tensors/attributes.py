# A program can set attributes of its own on a tensor; PyTorch's own are read-only.
import torch

x = torch.ones(2)
x.note = "inputs"
x.scale = 3
print(x.note, x.__dict__, hasattr(x.clone(), "note"))
del x.note
print(hasattr(x, "note"))
for name in ["shape", "grad_fn", "is_leaf"]:
    try:
        setattr(x, name, None)
    except AttributeError as error:
        print(error)
for value in [3, torch.ones(3), torch.ones(2, dtype=torch.float64), x]:
    try:
        x.grad = value
    except (TypeError, RuntimeError) as error:
        print(error)
