# In-place operations on intermediate values are fine when nobody needs the old numbers.
import torch

x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
y = x + 0
y *= 2
y -= 1
y.add_(x)
print(y)
y.sum().backward()
print(x.grad)
