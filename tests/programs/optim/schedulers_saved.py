# Schedulers in sequence, chained and one-cycle are saved with their optimizer and go on where they were; verbose ones tell each change.
import warnings

import torch
from torch.optim import SGD, lr_scheduler as S

warnings.simplefilter("ignore")  # SequentialLR warns at PyTorch's own line


def optimizer():
    return SGD([torch.zeros(1, requires_grad=True)], lr=0.1, momentum=0.9)


def sequential(o):
    return S.SequentialLR(o, [S.ConstantLR(o, 0.5, 2), S.ExponentialLR(o, 0.9)], [2])


def chained(o):
    return S.ChainedScheduler([S.LinearLR(o, 0.5, total_iters=3), S.StepLR(o, 2)])


for make in sequential, chained, lambda o: S.OneCycleLR(o, 1.0, total_steps=8), lambda o: S.CosineAnnealingWarmRestarts(o, 3):
    o = optimizer()
    scheduler = make(o)
    for _ in range(3):
        o.step()
        scheduler.step()
    saved, rates = scheduler.state_dict(), o.state_dict()
    other = optimizer()
    again = make(other)
    again.load_state_dict(saved)
    other.load_state_dict(rates)
    for s in scheduler, again:
        s.step()
    print(type(scheduler).__name__, f"{scheduler.get_last_lr()[0]:.5f} {again.get_last_lr()[0]:.5f}", sorted(saved)[:4])
o = optimizer()
scheduler = S.StepLR(o, 1, verbose=True)
o.step()
scheduler.step()
scheduler.step(7)
