# requires_grad_() makes a leaf of a tensor that was plain data.
import torch

w = torch.zeros(3)
print(w.requires_grad)
w.requires_grad_()
print(w)
(w + torch.tensor([1.0, 2.0, 3.0])).pow(2).sum().backward()
print(w.grad)

w.requires_grad_(False)
print(w, w.grad)
w.requires_grad = True
print(w)
