# A leaf has its gradient as soon as it is whole, even when the pass fails later on.
import torch

a, b = torch.ones(2, requires_grad=True), torch.ones(2, requires_grad=True)
changed = a.exp()
late = b * 3
changed.add_(1)
try:
    (changed + late).sum().backward()
except RuntimeError as error:
    print(error)
print(a.grad, b.grad)

early = b * 3
changed = a.exp()
changed.add_(1)
b.grad = None
try:
    (changed + early).sum().backward()
except RuntimeError:
    print(a.grad, b.grad)
