# Slopes at the edge of a function's domain: infinities and nans are handed on, not reported.
import torch

x = torch.tensor([0.0, 4.0], requires_grad=True)
torch.sqrt(x).sum().backward()
print(x.grad)

y = torch.tensor([-1.0, 0.0, 1.0], requires_grad=True)
logarithm = torch.log(y)
print(logarithm)
logarithm.sum().backward()
print(y.grad)
