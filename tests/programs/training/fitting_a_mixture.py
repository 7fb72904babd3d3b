# Two bells fitted to numbers by the likelihood of a mixture.
import torch
from torch.distributions import Categorical, MixtureSameFamily, Normal

torch.manual_seed(0)
x = torch.cat([torch.randn(40) * 0.5 - 2, torch.randn(60) + 3])
weights, means, widths = torch.zeros(2, requires_grad=True), torch.tensor([-1.0, 1.0], requires_grad=True), torch.zeros(2, requires_grad=True)
optimizer = torch.optim.Adam([weights, means, widths], lr=0.1)
for step in range(30):
    mixture = MixtureSameFamily(Categorical(logits=weights), Normal(means, widths.exp()))
    loss = -mixture.log_prob(x).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if step % 5 == 0:
        print(step, loss.item(), means.grad)
print(means, widths.exp(), mixture.mixture_distribution.probs)
