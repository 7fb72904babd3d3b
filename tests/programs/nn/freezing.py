# Parameters that do not learn, zero_grad, and moving a network to another type.
import torch
from torch import nn

torch.manual_seed(0)
net = nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 1))
for p in net[0].parameters():
    p.requires_grad = False
net(torch.ones(1, 2)).sum().backward()
print(net[0].weight.grad, net[1].weight.grad)
print([p.requires_grad for p in net.parameters()])
net.zero_grad(set_to_none=True)
print(net.double()(torch.ones(1, 2, dtype=torch.float64)).dtype, net[1].weight.dtype)
net.requires_grad_(False)
print(net.to("cpu").float()(torch.ones(1, 2)))
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
print(device, next(net.to(device).parameters()).device)
