# Section 4 of the tutorial: the same two steps of SGD without and with momentum.
import torch

samples = [(torch.tensor([2.0, 3.0, 4.0]), torch.tensor([2.0])), (torch.tensor([1.0, 0.5, -2.0]), torch.tensor([1.0]))]

def descend(momentum):
    w = torch.ones(size=(3,), requires_grad=True)
    b = torch.ones(size=(1,), requires_grad=True)
    optimizer = torch.optim.SGD([w, b], lr=0.01, momentum=momentum)
    history = [(w.clone(), b.clone())]
    for x, gt in samples:
        optimizer.zero_grad()
        loss = 0.5 * torch.pow(gt - (torch.dot(w, x) + b), 2)
        loss.backward()
        optimizer.step()
        history.append((w.clone(), b.clone()))
    return history

for momentum in (0, 0.9):
    history = descend(momentum)
    print(f"momentum {momentum}: w ends at {history[-1][0].detach()}")
    print([history[i + 1][0] - history[i][0] for i in range(len(history) - 1)])
    print([round(b.item(), 4) for _, b in history])
