# float32 keeps about seven digits, float64 about sixteen.
import torch

print(torch.tensor(0.1).item(), torch.tensor(0.1, dtype=torch.float64).item())
print((torch.tensor(0.1) + torch.tensor(0.2)).item())
print(torch.tensor(16777216.0) + 1 == torch.tensor(16777216.0))
print(torch.tensor([0.1, 0.2]).double())
print(torch.tensor(1.0) / 3, (torch.tensor(1.0) / 3).item())
print(torch.tensor(0.1) == 0.1, torch.tensor(0.5) == 0.5)
