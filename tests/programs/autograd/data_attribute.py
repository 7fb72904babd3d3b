# .data is the tensor without its history; writing to it escapes the bookkeeping.
import torch

w = torch.tensor([1.0, 2.0], requires_grad=True)
loss = (w * w).sum()
loss.backward()
w.data -= 0.1 * w.grad.data
print(w)
print(w.data, w.data.requires_grad, w._version)

w.data = torch.tensor([9.0, 9.0])
print(w, w.is_leaf)
