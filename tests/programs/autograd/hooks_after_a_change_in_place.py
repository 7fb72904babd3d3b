# differs from PyTorch: a hook registered after a change in place sees the gradient of the values as they are, as since 2.0.
import torch

x = torch.ones(2, requires_grad=True)
y = x * 2
y.register_hook(lambda g: print("before", g))
y.mul_(3)
y.register_hook(lambda g: print("after", g))
y.sum().backward()
