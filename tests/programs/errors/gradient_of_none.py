# A weight that was replaced by a result is no leaf any more: it has no gradient to step along.
import torch

w = torch.tensor([1.0], requires_grad=True)
for step in range(2):
    loss = (w * 3).sum()
    loss.backward()
    w = w - 0.1 * w.grad
    print(w)
