# An optimizer of one's own: a class below Optimizer, with defaults, groups and a state.
import torch
from torch.optim.optimizer import Optimizer, required


class Momentum(Optimizer):
    def __init__(self, params, lr=required, momentum=0.9):
        if lr is not required and lr < 0.0:
            raise ValueError(f"Invalid learning rate: {lr}")
        super().__init__(params, dict(lr=lr, momentum=momentum))

    @torch.no_grad()
    def step(self, closure=None):
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is None:
                    continue
                state = self.state[p]
                if len(state) == 0:
                    state["velocity"] = torch.zeros_like(p)
                state["velocity"].mul_(group["momentum"]).add_(p.grad)
                p.add_(state["velocity"], alpha=-group["lr"])


a = torch.tensor([2.0, -1.0], requires_grad=True)
b = torch.tensor(3.0, requires_grad=True)
own = Momentum([{"params": [a]}, {"params": b, "momentum": 0.5}], lr=0.1)
print(own, isinstance(own, Optimizer))
for i in range(3):
    own.zero_grad()
    loss = (a ** 2).sum() + (b - 1) ** 2
    loss.backward()
    own.step()
    print(f"{loss.item():.4f}", a.detach(), f"{b.item():.4f}")
print(own.state_dict())
print(own.defaults, type(own.state).__name__, len(own.state))
