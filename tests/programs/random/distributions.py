# torch.distributions: samples, log probabilities and entropies; what reaches the parameters.
import torch
from torch.distributions import Bernoulli, Categorical, Normal, Uniform, kl_divergence

torch.manual_seed(0)
mu = torch.tensor([0.0, 1.0], requires_grad=True)
sigma = torch.tensor([1.0, 0.5], requires_grad=True)
normal = Normal(mu, sigma)
print(normal, Normal(0, 1), normal.batch_shape, normal.event_shape)
z = normal.rsample((3,))
print(z, normal.sample().requires_grad)
(z ** 2).sum().backward()
print(mu.grad, sigma.grad)
print(normal.log_prob(torch.tensor([0.5, 0.5])), normal.entropy(), normal.cdf(torch.tensor(0.0)))

coin = Bernoulli(torch.tensor([0.1, 0.5, 0.9]))
print(coin, coin.sample((4,)), coin.mean, coin.variance)
print(coin.log_prob(torch.tensor([0.0, 1.0, 1.0])), coin.entropy(), coin.logits)
die = Categorical(torch.tensor([1.0, 2.0, 3.0, 4.0]))
print(die, die.probs, die.sample((8,)), die.log_prob(torch.tensor([0, 3])), die.entropy())
policy = Categorical(logits=torch.tensor([[0.0, 1.0], [2.0, 0.0]], requires_grad=True))
action = policy.sample()
print(policy, action, policy.log_prob(action))
box = Uniform(torch.tensor([0.0, -1.0]), torch.tensor([1.0, 3.0]))
print(box, box.sample((2,)), box.log_prob(torch.tensor([0.5, 0.0])), box.entropy(), box.mean)
print(kl_divergence(normal, Normal(0.0, 1.0)), kl_divergence(coin, Bernoulli(0.5)))
print(kl_divergence(die, Categorical(torch.ones(4))), kl_divergence(Uniform(0.0, 1.0), Uniform(0.0, 2.0)))
print(normal.expand((2, 2)).batch_shape, die.enumerate_support(), coin.mode, die.perplexity(), box.stddev)
