# Versions: views share them, .data counts its own, and what a graph saved is held against them.
import torch

x = torch.ones(3)
shown = x.data
shown[0] = 5
shown.detach().mul_(2)
shown[shown > 100] = 1
print(x._version, shown._version, shown.detach()._version, x)
view = x[1:]
view += 1
print(x._version, view._version, shown._version)

w = torch.ones(3, requires_grad=True)
kept = w.data
out = kept * w
kept.mul_(2)
try:
    out.sum().backward()
except RuntimeError as error:
    print(error)
loss = (w * w).sum()
w.data.mul_(3)  # unseen: the gradient is that of the new values
loss.backward()
print(w.grad, w._version)

a = torch.ones(2, requires_grad=True)
b = a * 2
a.requires_grad = False
b.sum().backward()
print(a.grad)
d = torch.tensor(0.5, dtype=torch.float64, requires_grad=True)
d.backward(torch.tensor(1.0))
print(d.grad)
print(torch.autograd.functional.jacobian(torch.sin, torch.tensor([3.0, 4.0]), create_graph=True))
