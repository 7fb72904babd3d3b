# Every optimizer on the same valley, for 25 steps, with its defaults.
import torch


def valley(p):
    return ((p - torch.tensor([1.0, -2.0, 0.5])) ** 2 * torch.tensor([1.0, 3.0, 10.0])).sum()


for name in ("Adam", "AdamW", "Adamax", "NAdam", "RAdam", "Adagrad", "Adadelta", "RMSprop", "Rprop", "ASGD"):
    p = torch.full((3,), 3.0, requires_grad=True)
    optimizer = getattr(torch.optim, name)([p])
    for i in range(25):
        optimizer.zero_grad()
        valley(p).backward()
        optimizer.step()
    print(optimizer)
    print([f"{x:.4f}" for x in p.tolist()], list(optimizer.state[p]), optimizer.state[p]["step"] if "step" in optimizer.state[p] else None)
