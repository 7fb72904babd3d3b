# Masks hold some weights at zero: at random, the smallest, whole rows, the smallest of several layers, and by a method of one's own.
import torch
from torch import nn
from torch.nn.utils import prune

torch.manual_seed(0)
layer = nn.Linear(4, 3)
prune.random_unstructured(layer, name="weight", amount=0.3)
prune.l1_unstructured(layer, name="bias", amount=1)
print([n for n, _ in layer.named_parameters()], [n for n, _ in layer.named_buffers()])
print(layer.weight_mask, layer.bias)
prune.ln_structured(layer, name="weight", amount=0.5, n=2, dim=0)
print(layer.weight, [type(h).__name__ for h in layer._forward_pre_hooks.values()])
layer(torch.ones(2, 4)).sum().backward()
print(layer.weight_orig.grad)
prune.remove(layer, "weight")
print(list(layer.state_dict()), prune.is_pruned(layer))

net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2))
prune.global_unstructured([(net[0], "weight"), (net[2], "weight")], pruning_method=prune.L1Unstructured, amount=0.25)
print([int((m.weight == 0).sum()) for m in (net[0], net[2])])


class EveryOther(prune.BasePruningMethod):
    PRUNING_TYPE = "unstructured"

    def compute_mask(self, t, default_mask):
        mask = default_mask.clone()
        mask.view(-1)[::2] = 0
        return mask


EveryOther.apply(net[0], "bias")
print(net[0].bias_mask)
for amount, name in ((1.5, "weight"), (99, "weight"), (-1, "bias")):
    try:
        prune.l1_unstructured(nn.Linear(2, 2), name, amount)
    except ValueError as e:
        print(e)
