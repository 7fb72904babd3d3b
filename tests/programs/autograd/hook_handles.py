# The handles of hooks on tensors, nodes and modules are of one class, and each takes out its own hook, however often it is asked.
import torch
from torch.utils.hooks import RemovableHandle

x = torch.ones(2, requires_grad=True)
y = x * 3
layer = torch.nn.Linear(2, 2)
handles = [x.register_hook(lambda g: g * 2), y.register_hook(lambda g: print("y", g)),
           y.grad_fn.register_hook(lambda out, came: print("node", out, came)), layer.register_forward_hook(lambda *call: print("forward"))]
for handle in handles:
    print(type(handle), isinstance(handle, RemovableHandle), handle.id, sorted(vars(handle)))
print(handles[0].hooks_dict_ref() is x._backward_hooks, list(x._backward_hooks), RemovableHandle.next_id)

y.sum().backward()
print(x.grad)
for handle in handles:
    handle.remove()
    handle.remove()
print(x._backward_hooks, y._backward_hooks, (x * 3)._backward_hooks)
(x * 3).sum().backward()
print(x.grad)

with x.register_hook(lambda g: -g) as handle:
    x.sum().backward()
print(x.grad, handle.id, len(x._backward_hooks))
x.sum().backward()
print(x.grad)


def once(g):
    print("once")
    first.remove()


first = x.register_hook(once)
x.register_hook(lambda g: print("each time"))
x.sum().backward()
x.sum().backward()
