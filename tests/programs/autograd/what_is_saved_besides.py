# Hooks on what is saved get it in PyTorch's order: also means, weights and indices that no argument is.
import torch
from torch.nn import functional as F

x = torch.arange(6.0).reshape(2, 3).requires_grad_()
w = torch.ones(3, requires_grad=True)
target = torch.tensor([0, 2])


def show(name, f):
    packed = []
    with torch.autograd.graph.saved_tensors_hooks(lambda t: packed.append((tuple(t.shape), round(t.double().sum().item(), 3))) or t, lambda t: t):
        y = f()
    y.sum().backward()
    print(name, packed)


show("layer_norm", lambda: F.layer_norm(x, (3,), w, torch.zeros(3)))
show("batch_norm", lambda: F.batch_norm(x, torch.zeros(3), torch.ones(3), w, training=True, momentum=0.0))
show("batch_norm in use", lambda: F.batch_norm(x, torch.zeros(3), torch.ones(3)))
show("group_norm", lambda: F.group_norm(x, 3))
show("cross_entropy", lambda: F.cross_entropy(x, target, torch.tensor([1.0, 2.0, 3.0])))
show("nll_loss", lambda: F.nll_loss(x, target, reduction="sum"))
show("index", lambda: x[target.new_tensor([0, 1]), target])
show("mask", lambda: x[x > 2])
show("index_put", lambda: x.index_put((torch.tensor([0]),), w))
show("embedding", lambda: F.embedding(target, x.t() * 1))
show("addmm", lambda: torch.addmm(w[:2], x, x.t()))
show("addcmul", lambda: torch.addcmul(x, x, w))
show("logsigmoid", lambda: F.logsigmoid(x))
show("det", lambda: torch.linalg.det(x @ x.t() + torch.eye(2)))
show("max_pool", lambda: F.max_pool2d(x[None], (1, 3)))
show("clamp", lambda: x.clamp_min(0.0) * 3)
