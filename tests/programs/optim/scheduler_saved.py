# What a scheduler says of itself can be saved, and a search that found nothing better than where it began has moved by 0.
import torch
from torch.optim import lr_scheduler

weight = torch.ones(1, requires_grad=True)
for strategy in ("cos", "linear"):
    optimizer = torch.optim.SGD([weight], lr=0.1, momentum=0.9)
    scheduler = lr_scheduler.OneCycleLR(optimizer, 0.1, total_steps=10, anneal_strategy=strategy)
    for _ in range(3):
        optimizer.step()
        scheduler.step()
    torch.save(scheduler.state_dict(), "scheduler.pt")
    other = lr_scheduler.OneCycleLR(torch.optim.SGD([weight], lr=0.1, momentum=0.9), 0.1, total_steps=10, anneal_strategy=strategy)
    other.load_state_dict(torch.load("scheduler.pt"))
    print(other.last_epoch, other.get_last_lr() == scheduler.get_last_lr())
torch.save(lr_scheduler.StepLR, "class.pt")
print(torch.load("class.pt"))

optimizer = torch.optim.LBFGS([weight], line_search_fn="strong_wolfe", max_iter=3)


def closure():
    optimizer.zero_grad()
    loss = (weight * weight).sum() - 1e3 * weight.detach().sum()  # the slope is not that of the loss
    loss.backward()
    return loss


optimizer.step(closure)
state = optimizer.state[weight]
print(state["t"], state["func_evals"], state["d"])
