# A saved value was changed before backward.
import torch

x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
y = torch.exp(x)
y[0] = 0.0
y.sum().backward()
