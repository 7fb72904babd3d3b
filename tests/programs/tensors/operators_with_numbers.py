# Numbers on either side of each sign.
import torch

t = torch.tensor([1.0, 2.0, 4.0])
print(t + 1, 1 + t)
print(t - 1, 1 - t)
print(t * 2, 2 * t)
print(t / 2, 2 / t)
print(t**2, 2**t)
print(t // 3, 7 // t)
print(t % 3, 7 % t)
print(-t, +t, abs(-t))
