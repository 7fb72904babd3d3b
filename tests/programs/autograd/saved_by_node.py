# What a node saves is listed by dir(), and hooks can be given to a single saved tensor.
import torch

x = torch.tensor([0.5, 1.0], requires_grad=True)
y = x.exp() * x
for node in (y.grad_fn, y.grad_fn.next_functions[0][0], (x ** 3).grad_fn, x.sum().grad_fn):
    print(node.name(), [name for name in dir(node) if name.startswith(('_saved', '_raw'))])
raw = y.grad_fn._raw_saved_other
print(type(raw))
raw.register_hooks(lambda t: print('packed', t) or t * 10, lambda t: print('unpacked', t) or t / 10)
y.sum().backward()
print(x.grad)
for late in (lambda: raw.register_hooks(lambda t: t, lambda t: t), lambda: y.grad_fn._saved_self):
    try:
        late()
    except RuntimeError as error:
        print(error)

# What only the gradient of the other operand needs is there without its own: strides are empty, but the weight of prelu is kept.
w, c = torch.ones(2, 2, requires_grad=True), torch.ones(2, 2)
for node in (torch.mm(w, c).grad_fn, torch.mm(c, w).grad_fn, torch.nn.functional.prelu(w, torch.tensor([0.5])).grad_fn):
    print(node.name(), {name: getattr(node, name) for name in dir(node) if name.startswith('_saved')})
