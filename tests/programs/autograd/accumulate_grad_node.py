# The node below a leaf is an AccumulateGrad, and it knows its variable.
import torch

w = torch.tensor([2.0], requires_grad=True)
y = w * 5
(below, index), (constant, _) = y.grad_fn.next_functions
print(below.name(), index)
print(constant)
print(below.variable is w)
