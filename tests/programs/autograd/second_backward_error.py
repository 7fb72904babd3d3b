# After backward the saved values are freed: going through the same graph again is an error.
import torch

x = torch.tensor([2.0], requires_grad=True)
y = x * x
y.backward()
print(x.grad)
try:
    y.backward()
except RuntimeError as error:
    print(error)
print(x.grad)
