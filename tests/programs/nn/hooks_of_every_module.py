# Hooks that are registered for all modules run before a module's own; the handle takes them back.
import torch
from torch import nn
from torch.nn.modules.module import register_module_forward_hook, register_module_forward_pre_hook
from torch.utils.hooks import RemovableHandle

torch.manual_seed(0)
net = nn.Sequential(nn.Linear(2, 3), nn.Tanh())
net[0].register_forward_hook(lambda m, i, o: print("own", tuple(o.shape)))
after = register_module_forward_hook(lambda m, i, o: print("after", type(m).__name__, tuple(o.shape)))
before = register_module_forward_pre_hook(lambda m, i: print("before", type(m).__name__))
net(torch.ones(1, 2))
after.remove()
net(torch.ones(1, 2))
before.remove()
print(net(torch.ones(1, 2)).shape, isinstance(after, RemovableHandle), type(after))
for dtype in (torch.float32, torch.int64, torch.uint8, torch.bool):
    print(dtype, dtype.is_signed, dtype.is_floating_point, dtype.is_complex)
hist, edges = torch.histogram(torch.arange(5.))
print(hist.shape, hist.sum(), edges[:3])
