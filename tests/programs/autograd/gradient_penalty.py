# A loss that contains a gradient: backward through a backward.
import torch

w = torch.tensor([1.0, -2.0], requires_grad=True)
x = torch.tensor([3.0, 0.5], requires_grad=True)
output = (w * x).pow(2).sum()
(slope,) = torch.autograd.grad(output, x, create_graph=True)
print(slope)
penalty = slope.pow(2).sum()
penalty.backward()
print(penalty.item())
print(w.grad)
