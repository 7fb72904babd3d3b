# What distributions say of parameters and values that they cannot have.
import torch
from torch.distributions import Bernoulli, Categorical, Normal, Uniform, kl_divergence

for make in (
    lambda: Normal(0.0, -1.0),
    lambda: Normal(torch.tensor([0.0, float("nan")]), 1.0),
    lambda: Normal("a", 1.0),
    lambda: Bernoulli(1.5),
    lambda: Bernoulli(),
    lambda: Bernoulli(0.5, 0.5),
    lambda: Categorical(torch.tensor(1.0)),
    lambda: Categorical(torch.tensor([-1.0, 2.0])),
    lambda: Uniform(1.0, 0.0),
    lambda: Bernoulli(0.3).log_prob(torch.tensor([0.0, 0.5])),
    lambda: Categorical(torch.ones(3)).log_prob(torch.tensor(3)),
    lambda: Uniform(0.0, 1.0).log_prob(torch.tensor(2.0)),
    lambda: Normal(torch.zeros(2), torch.ones(2)).log_prob(torch.zeros(3)),
    lambda: Normal(0.0, 1.0).log_prob(0.5),
    lambda: kl_divergence(Normal(0.0, 1.0), Uniform(0.0, 1.0)).isinf(),
    lambda: Bernoulli(0.5).rsample(),
    lambda: Normal(0.0, 1.0).enumerate_support(),
):
    try:
        print(make())
    except Exception as error:
        print(type(error).__name__, error)
print(Normal(0.0, -1.0, validate_args=False))
