# cat joins along an axis that is there, stack along a new one.
import torch

a, b = torch.tensor([1.0, 2.0]), torch.tensor([3.0, 4.0])
print(torch.cat([a, b]))
print(torch.stack([a, b]))
print(torch.stack((a, b), dim=1))
m = torch.ones(2, 2)
print(torch.cat((m, m * 2), dim=1), torch.cat([m, m * 2], 0).shape)
for wrong in (lambda: torch.cat([m, torch.ones(2, 3)]), lambda: torch.stack([a, torch.ones(3)]), lambda: torch.cat([a, m])):
    try:
        wrong()
    except RuntimeError as error:
        print(error)
