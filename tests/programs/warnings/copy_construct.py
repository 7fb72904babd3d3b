# Making a tensor of a tensor: it works, but there is a better way.
import torch

original = torch.tensor([1.0, 2.0], requires_grad=True)
copy = torch.tensor(original)
print(copy, copy.requires_grad)
print(original.clone().detach())
