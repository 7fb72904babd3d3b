# Saving and loading parameters by name, and what does not fit.
import torch
from torch import nn

torch.manual_seed(3)
net = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1))
state = net.state_dict()
print(state)
other = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1))
print(other.load_state_dict(state), torch.equal(other[0].weight, net[0].weight))
for wrong in (nn.Sequential(nn.Linear(2, 3), nn.Tanh()), nn.Sequential(nn.Linear(4, 3), nn.Tanh(), nn.Linear(3, 1))):
    try:
        wrong.load_state_dict(state)
    except RuntimeError as error:
        print(error)
print(wrong.load_state_dict({}, strict=False))
state["0.bias"].zero_()
print(net[0].bias)
