# The chain rule through four functions, checked against the derivative found by hand.
import math
import torch

x = torch.tensor(0.5, requires_grad=True)
y = torch.exp(torch.sin(x * x))
y.backward()

by_hand = math.exp(math.sin(0.25)) * math.cos(0.25) * 2 * 0.5
print(y)
print(x.grad)
print(f"{x.grad.item():.4f} {by_hand:.4f}")
