# What nodes save for backward: as attributes, and through hooks that pack and unpack it.
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
y = torch.tensor([3.0, 4.0], requires_grad=True)
print((x * y).grad_fn._saved_self, (x * y).grad_fn._saved_other)
print((x**2).grad_fn._saved_self is x, (x**2).grad_fn._saved_exponent, (x * 2).grad_fn._saved_self)
e = x.exp()
print(e.grad_fn._saved_result, e.grad_fn._saved_result is e, x.sum(0, keepdim=True).grad_fn._saved_dim)
e.sum().backward()
try:
    e.grad_fn._saved_result
except RuntimeError as error:
    print(error)


def pack(t):
    print("pack", t)
    return t.tolist()


def unpack(kept):
    print("unpack", kept)
    return torch.tensor(kept)


x.grad = None
with torch.autograd.graph.saved_tensors_hooks(pack, unpack):
    z = (x * y).exp() + x.sin()
z.sum().backward()
print(x.grad, y.grad)
with torch.autograd.graph.saved_tensors_hooks(lambda t: 3, lambda kept: "no tensor"):
    z = x * y
try:
    z.sum().backward()
except TypeError as error:
    print(error)
