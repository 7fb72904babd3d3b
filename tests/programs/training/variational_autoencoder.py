# A variational autoencoder on points of a ring: rsample lets gradients through, kl_divergence holds the code near a normal.
import math
import torch
from torch import nn
from torch.distributions import Normal, kl_divergence

torch.manual_seed(0)
angle = torch.rand(64, 1) * 2 * math.pi
data = torch.cat([angle.cos(), angle.sin()], 1)


class VAE(nn.Module):
    def __init__(self):
        super().__init__()
        self.encode = nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 4))
        self.decode = nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 2))

    def forward(self, x):
        mean, log_scale = self.encode(x).chunk(2, dim=1)
        code = Normal(mean, log_scale.exp())
        return self.decode(code.rsample()), code


model = VAE()
prior = Normal(torch.zeros(2), torch.ones(2))
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
for step in range(101):
    out, code = model(data)
    error = ((out - data) ** 2).sum(1).mean()
    kl = kl_divergence(code, prior).sum(1).mean()
    loss = error + 0.05 * kl
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if step % 25 == 0:
        print(f"{step:3d} error {error.item():.3f} kl {kl.item():.3f}")
