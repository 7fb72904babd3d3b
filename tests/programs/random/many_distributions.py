# Distributions of every kind: what they draw, how likely that is, their moments.
import torch
import torch.distributions as D

torch.manual_seed(0)
probs = torch.tensor([0.2, 0.3, 0.5])
for d in (D.Laplace(0.0, 1.0), D.Cauchy(torch.tensor([0.0, 1.0]), 2.0), D.Poisson(torch.tensor([1.0, 20.0])), D.Geometric(torch.tensor([0.3, 0.8])),
          D.Binomial(5, torch.tensor([0.5, 0.1])), D.Multinomial(10, probs), D.Gamma(torch.tensor([0.5, 3.0]), 2.0), D.Chi2(torch.tensor([4.0])),
          D.StudentT(torch.tensor([2.0, 5.0])), D.Dirichlet(torch.tensor([0.5, 0.5, 2.0])), D.Beta(2.0, 3.0), D.OneHotCategorical(probs),
          D.LogNormal(0.0, 0.5), D.HalfNormal(torch.tensor([1.0, 2.0])), D.HalfCauchy(1.0), D.Gumbel(0.0, 1.0)):
    drawn = d.sample((2,))
    print(d, d.batch_shape, d.event_shape, d.support, d.expand((2,) + tuple(d.batch_shape)).batch_shape)
    print(drawn, d.log_prob(drawn), d.mean, d.variance)
    try:
        print(d.entropy(), d.cdf(drawn))
    except NotImplementedError as e:
        print('not implemented', e)
for make in (lambda: D.Laplace(0.0, -1.0), lambda: D.Beta(2.0, 3.0).log_prob(torch.tensor(2.0)), lambda: D.Geometric(0.0), lambda: D.Poisson(-1.0)):
    try:
        print(make())
    except ValueError as e:
        print(e)
