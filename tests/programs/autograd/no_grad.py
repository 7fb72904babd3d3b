# Inside no_grad nothing is recorded, and the mode comes back even after an error.
import torch

x = torch.tensor([1.0, -1.0], requires_grad=True)
with torch.no_grad():
    y = x * 2
    print(y, y.requires_grad, torch.is_grad_enabled())
print((x * 2).requires_grad, torch.is_grad_enabled())

try:
    with torch.no_grad():
        raise KeyError("lost")
except KeyError as error:
    print("caught", error, "- recording again:", torch.is_grad_enabled())
