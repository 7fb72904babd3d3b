# A hook sees the gradient on its way, and may change it.
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
handle = x.register_hook(lambda g: g * 10)
h = x * 3
h.register_hook(lambda g: print("at h:", g))
h.sum().backward()
print(x.grad)

handle.remove()
x.grad = None
(x * 3).sum().backward()
print(x.grad)
