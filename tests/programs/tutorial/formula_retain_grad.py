# Asking the intermediate value z of the tutorial's formula to keep its gradient.
import torch

x = torch.tensor([2.0])
w1 = torch.tensor([1.0], requires_grad=True)
w2 = torch.tensor([3.0], requires_grad=True)
b = torch.tensor([4.0], requires_grad=True)

z = w1 * torch.pow(x, 2) + w2 * x
z.retain_grad()
y = z + b
y.backward()

print("z      =", z)
print("dy/dz  =", z.grad)
print("dy/dw1 =", w1.grad)
