# A scheduler's attributes are those of PyTorch, and it tells a wrong order whoever wrote the optimizer.
import torch
from torch.optim.lr_scheduler import CosineAnnealingLR, StepLR


class Own(torch.optim.SGD):
    def step(self, closure=None):
        return super().step(closure)


p = torch.nn.Parameter(torch.ones(1))
for kind in torch.optim.SGD, Own:
    optimizer = kind([p], lr=0.1)
    scheduler = StepLR(optimizer, 2)
    print(sorted(vars(scheduler)), type(scheduler).__mro__[1])
    optimizer.step()
    scheduler.step()
    second = CosineAnnealingLR(optimizer, 4)
    second.step()
    print(scheduler.state_dict(), second.get_last_lr())
print([name for name in dir(torch.optim) if name in ('Adam', 'LBFGS')])
optimizer = torch.optim.LBFGS([p], lr=10, line_search_fn='strong_wolfe')


def closure():
    optimizer.zero_grad()
    loss = p.log().sum()
    loss.backward()
    return loss


try:
    optimizer.step(closure)
except IndexError as error:
    print(error)
