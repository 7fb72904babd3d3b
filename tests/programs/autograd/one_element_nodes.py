# A tensor of one element gets the same nodes as a longer one, whichever side the number is on.
import operator

import torch

signs = [operator.add, operator.sub, operator.mul, operator.truediv, operator.pow, operator.mod]
for sign in signs:
    for x in (torch.tensor(3.0, requires_grad=True), torch.tensor([3.0], requires_grad=True), torch.tensor([3.0, 2.0], requires_grad=True)):
        y = torch.full_like(x, 2.0)
        nodes = [sign(x, y), sign(x, 2), sign(2.5, x), sign(y, x)]
        print(sign.__name__, *[node.grad_fn.name() for node in nodes], *nodes[2].tolist() if x.dim() else [nodes[2].item()])
x = torch.tensor([2.0], requires_grad=True)
y = 1 / x
print(y, y.grad_fn.next_functions[0][0].name())
y.backward()
print(x.grad, 1 - x, 2**x)
