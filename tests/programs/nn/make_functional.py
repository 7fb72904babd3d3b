# functorch's older way: a module as a function of its parameters, one or several of them side by side.
import torch
from functorch import combine_state_for_ensemble, grad, make_functional, make_functional_with_buffers, vmap
from torch import nn

torch.manual_seed(0)
net = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1))
x, y = torch.ones(4, 2) * torch.arange(4.0).view(4, 1), torch.ones(4, 1)
f, params = make_functional(net)
print([tuple(p.shape) for p in params], f(params, x), params[0] is net[0].weight)


def loss(params, x, y):
    return ((f(params, x) - y) ** 2).mean()


per_sample = vmap(grad(loss), in_dims=(None, 0, 0))(params, x, y)
print([tuple(g.shape) for g in per_sample], per_sample[3].detach())
nets = [nn.Linear(2, 1) for _ in range(3)]
g, weights, buffers = combine_state_for_ensemble(nets)
print([w.shape for w in weights], buffers, vmap(g, in_dims=(0, 0, None))(weights, buffers, x).shape)
norm = nn.BatchNorm1d(2).eval()
h, own, state = make_functional_with_buffers(norm)
print(h(own, state, x).detach(), len(own), len(state))
for wrong in [lambda: make_functional(norm), lambda: combine_state_for_ensemble([]), lambda: combine_state_for_ensemble([nets[0], norm]), lambda: combine_state_for_ensemble([nets[0], nn.ReLU()])]:
    try:
        wrong()
    except RuntimeError as error:
        print(error)
