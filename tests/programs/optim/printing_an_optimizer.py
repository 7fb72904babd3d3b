# An optimizer prints its groups and their settings.
import torch

w = torch.zeros(2, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
optimizer = torch.optim.SGD([{"params": w}, {"params": b, "lr": 0.5}], lr=0.1, momentum=0.9)
print(optimizer)
print(sorted(optimizer.param_groups[0]))
