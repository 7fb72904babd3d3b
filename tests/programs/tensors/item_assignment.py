# Writing into elements, rows, slices and masks.
import torch

t = torch.zeros(3, 4)
t[0, 0] = 1
t[1] = torch.tensor([1.0, 2.0, 3.0, 4.0])
t[:, -1] = 9
t[2, :2] += 5
print(t)
t[t > 4] = -1
print(t)
t[0] = t[1]
print(t)
try:
    t[1] = torch.ones(3)
except RuntimeError as error:
    print(error)
