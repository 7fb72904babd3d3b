# Data from inference mode makes a tensor one of inference mode: it takes no part in graphs any more.
import torch
import torch.autograd.forward_ad as forward

w = torch.ones(2, requires_grad=True)
with torch.inference_mode():
    w.data = w.data - 0.5
print(w.is_inference(), w.is_leaf)
try:
    (w * w).sum().backward()
except RuntimeError as error:
    print(error)
with torch.inference_mode():
    a = torch.ones(2)
try:
    torch.nn.Parameter(a)
except RuntimeError as error:
    print(error)
b = torch.zeros(2)
b.data = a
print(b, b.is_inference())
with forward.dual_level():
    dual = forward.make_dual(torch.ones(4), torch.arange(4.0))
    for change in (lambda: dual.resize_(2, 2), lambda: dual.set_(torch.ones(2))):
        try:
            change()
        except (RuntimeError, NotImplementedError) as error:
            print(type(error).__name__, error)
    print(forward.unpack_dual(dual))
y = torch.ones(2, requires_grad=True) * 2
y.register_hook(lambda g: g * 2)
y.retain_grad()
y.register_hook(lambda g: g * 5)
y.sum().backward()
print(y.grad, torch.no_grad().clone().prev)
torch.zeros(2, 2).inverse()
