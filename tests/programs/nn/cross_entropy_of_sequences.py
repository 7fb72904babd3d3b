# Losses of classes over sequences and volumes: their graphs fold the places into one line of a picture, and gradients come back in shape.
import torch
import torch.nn.functional as F

torch.manual_seed(0)
for shape in ((2, 3), (2, 3, 4), (2, 3, 2, 2), (2, 3, 2, 1, 2)):
    for reduction in ('mean', 'none'):
        x = torch.randn(shape, requires_grad=True)
        target = torch.randint(3, shape[:1] + shape[2:])
        loss = F.cross_entropy(x, target, reduction=reduction)
        node, names = loss.grad_fn, []
        while node:
            names.append(node.name())
            node = node.next_functions[0][0] if node.next_functions else None
        loss.sum().backward()
        print(tuple(loss.shape), names, x.grad.norm())
a, b = torch.randn(3, requires_grad=True), torch.randn(3)
print(torch.autograd.grad(torch.dist(a, b, 0), a, allow_unused=True))
print(torch.baddbmm(torch.tensor(0.7), torch.ones(1, 1, 2).long(), torch.ones(1, 2, 1).long()))
print(torch.addr(torch.zeros(()), torch.tensor([1, 2]), torch.tensor([True, False]), alpha=-1.5))
