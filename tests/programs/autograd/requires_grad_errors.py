# What may not require a gradient, and what may not stop to require one.
import torch

counts = torch.tensor([1, 2, 3])
try:
    counts.requires_grad_()
except RuntimeError as error:
    print(error)
try:
    torch.tensor([True], requires_grad=True)
except RuntimeError as error:
    print(error)

x = torch.tensor([1.0], requires_grad=True)
y = x * 2
try:
    y.requires_grad = False
except RuntimeError as error:
    print(error)
