# SequentialLR goes from one schedule to the next; ChainedScheduler applies several at once.
import torch
from torch.optim.lr_scheduler import ChainedScheduler, ConstantLR, CosineAnnealingLR, ExponentialLR, LinearLR, SequentialLR


def rates(make, steps=9):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.1)
    scheduler = make(optimizer)
    seen = []
    for _ in range(steps):
        seen.append(f"{scheduler.get_last_lr()[0]:.4f}")
        optimizer.step()
        scheduler.step()
    return " ".join(seen)


print(rates(lambda o: SequentialLR(o, [LinearLR(o, 0.25, 1.0, total_iters=3), ExponentialLR(o, gamma=0.9)], milestones=[4])))
print(rates(lambda o: SequentialLR(o, [ConstantLR(o, 0.1, 2), CosineAnnealingLR(o, 5)], milestones=[2])))
print(rates(lambda o: ChainedScheduler([ConstantLR(o, 0.5, 3), ExponentialLR(o, 0.9)])))
try:
    rates(lambda o: SequentialLR(o, [ExponentialLR(o, 0.9)], milestones=[2, 3]))
except ValueError as error:
    print(error)
