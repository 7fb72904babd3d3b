# Distributions that are seldom used: what they are, a draw, its density, mean and entropy; and from the line to where a parameter may lie.
import torch
from torch.distributions import *
from torch.distributions import constraints
from torch.distributions.transforms import CorrCholeskyTransform, LowerCholeskyTransform, ReshapeTransform, SoftmaxTransform

torch.manual_seed(0)
one = torch.ones
half = torch.tensor(0.5)
for d in (Weibull(1., 2.), Pareto(1., 3.), Kumaraswamy(2., 2.), VonMises(0., 1.), NegativeBinomial(3, 0.5), FisherSnedecor(4., 5.), ContinuousBernoulli(0.3),
          RelaxedBernoulli(half, torch.tensor(0.3)), RelaxedOneHotCategorical(half, one(3)), LogisticNormal(torch.zeros(2), one(2)),
          LowRankMultivariateNormal(torch.zeros(2), one(2, 1), one(2)), Independent(Normal(torch.zeros(2), one(2)), 1)):
    x = d.sample()
    print(d, x, d.log_prob(x), d.support, d.sample((2,)).shape)
    for name in "mean", "variance", "mode", "entropy":
        try:
            value = getattr(d, name)
            print("  ", name, value() if name == "entropy" else value)
        except NotImplementedError:
            print("  ", name, "is not known")
x = torch.tensor([0.3, 0.6, -0.2])
for c in (constraints.positive, constraints.unit_interval, constraints.interval(-1., 2.), constraints.less_than(1.), constraints.simplex, constraints.corr_cholesky):
    t = transform_to(c)
    print(c, t, t(x), bool(c.check(t(x)).all()))
for t, v in ((SoftmaxTransform(), x), (biject_to(constraints.simplex), x), (LowerCholeskyTransform(), one(2, 2)), (CorrCholeskyTransform(), x), (ReshapeTransform((3,), (3, 1)), x)):
    print(t(v), t.inv(t(v)), t.bijective, t.forward_shape(v.shape))
