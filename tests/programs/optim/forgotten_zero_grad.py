# Without zero_grad each step follows the sum of all gradients so far, and overshoots.
import torch

def descend(clear):
    w = torch.tensor(4.0, requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=0.25)
    path = []
    for _ in range(8):
        if clear:
            optimizer.zero_grad()
        (w**2).backward()
        optimizer.step()
        path.append(round(w.item(), 3))
    return path

print("cleared:  ", descend(True))
print("forgotten:", descend(False))
