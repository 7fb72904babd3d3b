# Writing into a slice cuts the gradient of what was overwritten and passes it to what was written.
import torch

x = torch.tensor([1.0, 2.0, 3.0, 4.0], requires_grad=True)
v = torch.tensor(10.0, requires_grad=True)
y = x * 2
y[1] = v * 3
y[2:] = 0.0
print(y)
y.sum().backward()
print(x.grad)
print(v.grad)
