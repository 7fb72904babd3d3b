# What a scheduler saves, and how a training goes on from there; what schedulers refuse.
import io
import torch
from torch.optim import lr_scheduler as S


def make(kind, **options):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.1, momentum=0.9)
    return optimizer, kind(optimizer, **options)


for kind, options in (S.StepLR, {"step_size": 2}), (S.LambdaLR, {"lr_lambda": lambda e: 0.5 ** e}), (S.CosineAnnealingLR, {"T_max": 4}):
    optimizer, scheduler = make(kind, **options)
    for _ in range(3):
        optimizer.step()
        scheduler.step()
    torch.save({"o": optimizer.state_dict(), "s": scheduler.state_dict()}, file := io.BytesIO())
    file.seek(0)
    saved = torch.load(file)
    print(saved["s"])
    again, other = make(kind, **options)
    again.load_state_dict(saved["o"])
    other.load_state_dict(saved["s"])
    for one, its in (optimizer, scheduler), (again, other):
        one.step()
        its.step()
        print(one.param_groups[0]["lr"], its.get_last_lr(), its.last_epoch)
for kind, options in (S.StepLR, {}), (S.ConstantLR, {"factor": 2}), (S.OneCycleLR, {"max_lr": 1}), (S.OneCycleLR, {"max_lr": 1, "total_steps": -1}), \
        (S.ReduceLROnPlateau, {"factor": 1.0}), (S.ReduceLROnPlateau, {"min_lr": [0, 0]}), (S.ExponentialLR, {"gamma": 0.9, "last_epoch": 2}):
    try:
        make(kind, **options)
    except (ValueError, TypeError, KeyError) as error:
        print(type(error).__name__, error)
