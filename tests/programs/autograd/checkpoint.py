# torch.utils.checkpoint: the same gradients, with what lies between computed a second time on the way back.
import torch
from torch import nn
from torch.utils.checkpoint import checkpoint, checkpoint_sequential

torch.manual_seed(0)
layer = nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Dropout(0.5), nn.Linear(4, 2))
runs = 0


def part(x, factor=1.0):
    global runs
    runs += 1
    return layer(x) * factor


def gradients(use, **options):
    global runs
    runs = 0
    torch.manual_seed(1)
    layer.zero_grad(set_to_none=True)
    x = torch.arange(6.0).view(2, 3).requires_grad_()
    out = use(part, x, **options)
    print(out, torch.is_grad_enabled())
    out.sum().backward()
    print(x.grad, layer[0].weight.grad.sum(), runs, torch.rand(1))


gradients(lambda f, x: f(x))
gradients(checkpoint)
gradients(checkpoint, use_reentrant=False)
gradients(checkpoint, preserve_rng_state=False)
gradients(checkpoint, use_reentrant=False, factor=2.0)

x = torch.ones(2, 3, requires_grad=True)
deep = nn.Sequential(*[nn.Sequential(nn.Linear(3, 3), nn.ReLU()) for _ in range(5)])
out = checkpoint_sequential(deep, 2, x)
print(out.grad_fn.name(), out.grad_fn.next_functions[0][0].name())
out.sum().backward()
print(x.grad)
