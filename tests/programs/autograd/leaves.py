# Which tensors are leaves, which of them want a gradient, and what made the others.
import torch

data = torch.tensor([1.0, 2.0])
weight = torch.tensor([3.0, 4.0], requires_grad=True)
product = data * weight
doubled = data * 2

for name, t in [("data", data), ("weight", weight), ("product", product), ("doubled", doubled)]:
    made_by = t.grad_fn.name() if t.grad_fn else None
    print(f"{name:8} is_leaf={t.is_leaf!s:5} requires_grad={t.requires_grad!s:5} grad_fn={made_by}")
