# The warning about a gradient that is not there, seen once and then silenced.
import warnings
import torch

x = torch.tensor([1.0], requires_grad=True)
y = x * 2
print(y.grad)
warnings.simplefilter("ignore")
print(y.grad)
print((y + 1).grad)
