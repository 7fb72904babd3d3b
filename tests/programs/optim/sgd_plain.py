# Plain SGD is w -= lr * gradient, and nothing else.
import torch

def loss_of(w):
    return ((w - torch.tensor([3.0, -1.0])) ** 2).sum()

w = torch.zeros(2, requires_grad=True)
v = torch.zeros(2, requires_grad=True)
optimizer = torch.optim.SGD([w], lr=0.1)
for step in range(5):
    optimizer.zero_grad()
    loss_of(w).backward()
    optimizer.step()

    loss_of(v).backward()
    with torch.no_grad():
        v -= 0.1 * v.grad
    v.grad.zero_()
    print(step, w.data, v.data)
