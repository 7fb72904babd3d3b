# Targets with one entry too few in a training loop.
import torch

x = torch.tensor([1.0, 2.0, 3.0])
target = torch.tensor([2.0, 4.0])
w = torch.tensor(1.0, requires_grad=True)
for epoch in range(2):
    loss = ((w * x - target) ** 2).mean()
    loss.backward()
