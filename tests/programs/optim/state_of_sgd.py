# differs from PyTorch: 1.13 keeps a momentum_buffer that is None where there is no momentum; since 2.0 there is no state at all.
import torch

w = torch.ones(2, requires_grad=True)
for options in {"lr": 0.1}, {"lr": 0.1, "momentum": 0.9}:
    optimizer = torch.optim.SGD([w], **options)
    w.grad = torch.tensor([1.0, 2.0])
    optimizer.step()
    print(optimizer.state_dict()["state"])
