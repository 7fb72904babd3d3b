# The hooks of a leaf run as soon as its gradient is complete, before nodes that are still to come.
import torch

a = torch.tensor(1.0, requires_grad=True)
b = torch.tensor(2.0, requires_grad=True)
a.register_hook(lambda g: print("leaf a", g))
b.register_hook(lambda g: print("leaf b", g))
c = a * b
d = c + a
e = d * b
for name, t in [("c", c), ("d", d), ("e", e)]:
    t.register_hook(lambda g, name=name: print(name, g))
e.backward()

w = torch.tensor(3.0, requires_grad=True)
w.register_hook(lambda g: print("leaf w", g))
inner = (a * 5).exp()
inner.register_hook(lambda g: print("inner", g))
(inner + w).backward()
with w.register_hook(lambda g: print("within", g)) as handle:
    (w * 2).backward()
(w * 2).backward()
