# Hooks on a module: before it runs, after it ran, and when its gradients are there.
import torch
from torch import nn

net = nn.Sequential(nn.Linear(2, 2, bias=False), nn.ReLU())
nn.init.eye_(net[0].weight)
before = net[0].register_forward_pre_hook(lambda module, inputs: print("before", module, inputs))
after = net.register_forward_hook(lambda module, inputs, output: print("after", inputs[0].tolist(), output.tolist()))
back = net[0].register_full_backward_hook(lambda module, given, taken: print("backward", given, taken))
x = torch.tensor([[1.0, -2.0]], requires_grad=True)
net(x).sum().backward()
print(x.grad, net[0].weight.grad)
for handle in (before, after, back):
    handle.remove()
net(x)
double = net.register_forward_hook(lambda module, inputs, output: output * 2)
print(net(x))
