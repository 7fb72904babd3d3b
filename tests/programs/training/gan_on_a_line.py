# A generator and a discriminator on one-dimensional data.
import torch
from torch import nn

torch.manual_seed(0)
G = nn.Sequential(nn.Linear(1, 8), nn.ReLU(), nn.Linear(8, 1))
D = nn.Sequential(nn.Linear(1, 8), nn.LeakyReLU(0.2), nn.Linear(8, 1))
opt_g, opt_d = (torch.optim.Adam(net.parameters(), lr=0.01) for net in (G, D))
bce = nn.BCEWithLogitsLoss()
ones, zeros = torch.ones(32, 1), torch.zeros(32, 1)
for step in range(101):
    real, fake = 3 + 0.5 * torch.randn(32, 1), G(torch.randn(32, 1))
    loss_d = bce(D(real), ones) + bce(D(fake.detach()), zeros)
    opt_d.zero_grad()
    loss_d.backward()
    opt_d.step()
    loss_g = bce(D(fake), ones)
    opt_g.zero_grad()
    loss_g.backward()
    opt_g.step()
    if step % 20 == 0:
        print(step, f"{loss_d.item():.3f} {loss_g.item():.3f} {fake.mean().item():.3f}")
