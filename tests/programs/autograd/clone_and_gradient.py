# clone copies the numbers and stays in the graph; detach().clone() is a copy of its own.
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
inside = x.clone()
outside = x.detach().clone()
outside += 100
print(x, inside, outside, sep="\n")

(inside * 3).sum().backward()
print(x.grad)
print(outside.requires_grad, inside.is_leaf)
