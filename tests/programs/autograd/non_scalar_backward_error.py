# backward() without an argument only makes sense for a single number.
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
y = x * 10
try:
    y.backward()
except RuntimeError as error:
    print(error)
try:
    y.backward(torch.tensor([1.0, 1.0, 1.0]))
except RuntimeError as error:
    print(error)
y.backward(torch.tensor([1.0, 0.5]))
print(x.grad)
