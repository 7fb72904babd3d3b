# Changing a value that backward still needs is noticed by its version counter.
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
y = x * 1
z = y * y          # backward of the product needs y as it was
print(y._version)
y += 10
print(y._version)
try:
    z.sum().backward()
except RuntimeError as error:
    print(error)
