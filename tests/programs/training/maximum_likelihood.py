# A mixture of two normals fitted by maximum likelihood: logsumexp over the parts.
import torch
from torch.distributions import Normal

torch.manual_seed(0)
data = torch.cat([torch.randn(60) * 0.5 - 2.0, torch.randn(40) + 1.5])
weights = torch.zeros(2, requires_grad=True)
means = torch.tensor([-0.5, 0.5], requires_grad=True)
log_scales = torch.zeros(2, requires_grad=True)
optimizer = torch.optim.Adam([{"params": [means]}, {"params": [weights, log_scales], "lr": 0.05}], lr=0.1)
for step in range(151):
    parts = Normal(means, log_scales.exp()).log_prob(data.unsqueeze(1)) + weights.log_softmax(0)
    loss = -parts.logsumexp(1).mean()
    if step % 30 == 0:
        print(f"{step:3d} negative log likelihood {loss.item():.4f}")
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
print("weights", [f"{w:.3f}" for w in weights.softmax(0).tolist()])
print("means", [f"{m:.3f}" for m in means.tolist()], "scales", [f"{s:.3f}" for s in log_scales.exp().tolist()])
