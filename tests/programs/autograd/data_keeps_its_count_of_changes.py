# A tensor given other data through .data keeps its own count of changes; the memory is shared.
import torch

source = torch.ones(3, 2)
source.add_(1).add_(1)
x = torch.zeros(3, 2) * 1
x.data = source
print(x._version, source._version)
x.add_(1)
print(x._version, source._version, source)

w = torch.ones(2, requires_grad=True)
loss = (w * w).sum()
w.data = torch.zeros(2)
loss.backward()
print(w.grad, w._version)
