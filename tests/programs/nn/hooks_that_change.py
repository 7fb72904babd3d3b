# Hooks may change what they see: inputs, outputs, gradients, a state dict.
import torch
from torch import nn

torch.manual_seed(0)
net = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1))
x = torch.ones(2, 2, requires_grad=True)
net(x).sum().backward()
plain, x.grad = x.grad.clone(), None
hooks = [
    net[2].register_full_backward_hook(lambda module, given, taken: tuple(g * 10 for g in given)),
    net[0].register_forward_pre_hook(lambda module, inputs: (inputs[0] * 1.0,)),
    net.register_forward_hook(lambda module, inputs, output: output + 1),
]
net(x).sum().backward()
print(torch.allclose(x.grad, 10 * plain))
for hook in hooks:
    hook.remove()
net[0].register_full_backward_hook(lambda module, given, taken: print("no input to give to:", given, taken[0].shape))
net(torch.ones(1, 2)).sum().backward()

seen = net.register_load_state_dict_post_hook(lambda module, keys: print("loaded", keys))
net.load_state_dict(net.state_dict())
seen.remove()
state = net.state_dict()
state["3.weight"] = state.pop("2.bias")
state["0.weight"] = torch.ones(3, 5)
state["0.bias"] = 3
try:
    net.load_state_dict(state)
except RuntimeError as error:
    print(error)
print(net.load_state_dict({"0.bias": torch.zeros(3)}, strict=False))
