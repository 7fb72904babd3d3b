# Groups of parameters, each with a learning rate of its own.
import torch

slow = torch.tensor(1.0, requires_grad=True)
fast = torch.tensor(1.0, requires_grad=True)
optimizer = torch.optim.SGD([{"params": [slow]}, {"params": [fast], "lr": 0.5}], lr=0.01, momentum=0.9)
(slow + fast).backward()
optimizer.step()
print(slow.item(), fast.item())

for group in optimizer.param_groups:
    print(group["lr"], group["momentum"], len(group["params"]))
    group["lr"] /= 10
optimizer.step()
print(f"{slow.item():.4f} {fast.item():.4f}")
