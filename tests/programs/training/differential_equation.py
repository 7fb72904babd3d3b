# A network that solves u'' = -u with u(0) = 0, u'(0) = 1: the loss is made of its derivatives.
import torch
from torch import nn

torch.manual_seed(0)
net = nn.Sequential(nn.Linear(1, 16), nn.Tanh(), nn.Linear(16, 1)).double()
t = torch.linspace(0, 2, 21, dtype=torch.float64).unsqueeze(1).requires_grad_()
start = torch.zeros(1, 1, dtype=torch.float64, requires_grad=True)
optimizer = torch.optim.Adam(net.parameters(), lr=0.01)


def derivative(u, x):
    return torch.autograd.grad(u, x, grad_outputs=torch.ones_like(u), create_graph=True)[0]


for step in range(201):
    u = net(t)
    second = derivative(derivative(u, t), t)
    u0 = net(start)
    loss = ((second + u) ** 2).mean() + 5 * (u0 ** 2 + (derivative(u0, start) - 1) ** 2).squeeze()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if step % 50 == 0:
        print(f"{step:3d} {loss.item():.5f}")
for x in (0.5, 1.0, 1.5):
    print(f"u({x}) = {net(torch.tensor([[x]], dtype=torch.float64)).item():.3f}, sin = {torch.tensor(x).sin().item():.3f}")
