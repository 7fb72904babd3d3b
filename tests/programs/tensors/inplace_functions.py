# A name that ends in an underscore changes the tensor itself and returns it.
import torch

t = torch.tensor([1.0, 4.0, 9.0])
print(t.sqrt_(), t)
print(t.add_(1).mul_(2))
print(t.sub_(torch.tensor([1.0, 2.0, 3.0])), t.neg_(), t.clamp_(-3, -2))
print(t.zero_(), t.fill_(5))
t += 1
t /= 4
print(t)
