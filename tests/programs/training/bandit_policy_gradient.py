# REINFORCE on a bandit with three arms: log_prob of what was drawn, times what it brought.
import torch
from torch.distributions import Categorical

torch.manual_seed(0)
chances = torch.tensor([0.2, 0.5, 0.8])
logits = torch.zeros(3, requires_grad=True)
optimizer = torch.optim.Adam([logits], lr=0.1)
baseline = 0.0
for step in range(151):
    policy = Categorical(logits=logits)
    arm = policy.sample((16,))
    reward = torch.bernoulli(chances[arm])
    loss = -(policy.log_prob(arm) * (reward - baseline)).mean()
    baseline = 0.9 * baseline + 0.1 * reward.mean().item()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if step % 30 == 0:
        print(f"{step:3d} reward {baseline:.3f} policy {[round(p, 3) for p in policy.probs.tolist()]} entropy {policy.entropy().item():.3f}")
