# The tutorial's formula, forward and backward, as a learner writes the loop.
import torch

x = torch.tensor([2.0])
w1 = torch.tensor([1.0], requires_grad=True)
w2 = torch.tensor([3.0], requires_grad=True)
b = torch.tensor([4.0], requires_grad=True)

for i in range(count):
    w1.grad = None
    w2.grad = None
    b.grad = None
    z = w1 * torch.pow(x, 2) + w2 * x
    y = z + b
    y.backward()

print(y, w1.grad, w2.grad, b.grad)
