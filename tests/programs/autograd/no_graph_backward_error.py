# A tensor without history has nothing to go back through.
import torch

plain = torch.tensor([1.0])
try:
    plain.backward()
except RuntimeError as error:
    print(error)

w = torch.tensor(2.0, requires_grad=True)
with torch.no_grad():
    y = w * 3
try:
    y.backward()
except RuntimeError as error:
    print(error)

w.backward()   # a leaf is its own, shortest graph
print(w.grad)
