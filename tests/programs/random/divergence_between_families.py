# kl_divergence of every pair of families that PyTorch has a formula for; the others are refused.
import itertools

import torch
from torch.distributions import *

t = torch.tensor
families = [Normal(t(0.5), t(2.)), Bernoulli(t(0.3)), Categorical(t([.2, .3, .5])), Uniform(t(0.1), t(0.9)), Exponential(t(2.)), Laplace(t(0.), t(1.)), Cauchy(t(0.), t(1.)),
            Poisson(t(3.)), Geometric(t(0.4)), Binomial(10, t(0.3)), Gamma(t(2.), t(1.)), Beta(t(2.), t(3.)), Dirichlet(t([1., 2., 3.])), Gumbel(t(0.), t(1.)),
            MultivariateNormal(torch.zeros(2), torch.eye(2) * 2), LowRankMultivariateNormal(torch.zeros(2), torch.ones(2, 1), torch.ones(2)),
            HalfNormal(t(1.)), Pareto(t(1.), t(3.)), ContinuousBernoulli(t(0.3))]
refused = {}
for p, q in itertools.product(families, families):
    try:
        print(type(p).__name__, type(q).__name__, kl_divergence(p, q))
    except NotImplementedError as e:
        kind = str(e).split(" for p")[0]
        refused.setdefault(kind, []).append(type(p).__name__[:4] + type(q).__name__[:4])
for kind, pairs in refused.items():
    print(kind, len(pairs), *pairs)
