# A mask of bytes is still taken, and told of where it is used.
import torch

x, mask = torch.ones(3), torch.tensor([1, 0, 1], dtype=torch.uint8)
print(x.masked_fill(mask, 0.5))
print(x.clone().masked_fill_(mask, 0))
print(x.masked_select(mask))
print(x[mask])
x.requires_grad_()
out = x.masked_fill(mask, 2.0).sum()
out.backward()
print(x.grad)
