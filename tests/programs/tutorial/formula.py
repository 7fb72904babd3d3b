# The tutorial's first cells: y = w1 x^2 + w2 x + b and the gradients of its parameters.
import torch

x = torch.tensor([2.0])
w1 = torch.tensor([1.0], requires_grad=True)
w2 = torch.tensor([3.0], requires_grad=True)
b = torch.tensor([4.0], requires_grad=True)

z = w1 * torch.pow(x, 2) + w2 * x
y = z + b
print(y)

y.backward()
print(w1.grad)  # dy/dw1 = x^2
print(w2.grad)  # dy/dw2 = x
print(b.grad)   # dy/db = 1
print(z.grad)   # z is no leaf: None, and a warning that says why
