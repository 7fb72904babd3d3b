# What goes wrong when one writes or makes an optimizer.
import torch
from torch.optim import SGD, Adam, Optimizer
from torch.optim.optimizer import required

w = torch.ones(2, requires_grad=True)


class Lazy(Optimizer):
    def __init__(self, params, lr=required):
        super().__init__(params, {"lr": lr})


class Decaying(SGD):
    def __init__(self, params, lr, decay):
        super().__init__(params, lr=lr)
        self.decay = decay

    def step(self, closure=None):
        super().step(closure)
        for group in self.param_groups:
            group["lr"] *= self.decay


print(required, Lazy([w], 0.1).defaults)
for make in (lambda: Lazy([w]), lambda: Lazy([]), lambda: Lazy(w, 1), lambda: Lazy([2 * w], 1), lambda: Lazy([w.tolist()], 1),
             lambda: Optimizer([w]), lambda: Lazy([w, {"params": []}], 1), lambda: Lazy([w], 0.1).step(None), lambda: SGD([w]),
             lambda: SGD([{"params": [w]}]), lambda: Adam([w]).add_param_group([w]), lambda: Adam([w]).add_param_group({"params": w}),
             lambda: Adam([w], 1, 2, 3, 4, 5, 6, 7), lambda: Adam([w]).load_state_dict(SGD([{"params": [w]}, {"params": []}], 1).state_dict())):
    try:
        print(make())
    except Exception as error:
        print(type(error).__name__, error)
own = Decaying([w], 0.5, decay=0.5)
for i in range(3):
    own.zero_grad()
    (w ** 2).sum().backward()
    own.step()
    print(w.tolist(), own.param_groups[0]["lr"])
