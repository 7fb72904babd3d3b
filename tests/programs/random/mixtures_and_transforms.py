# Mixtures, and distributions carried to other places by transforms.
import torch
from torch.distributions import Categorical, MixtureSameFamily, Normal, TransformedDistribution, Uniform
from torch.distributions.transforms import AffineTransform, ExpTransform, SigmoidTransform, TanhTransform

torch.manual_seed(0)
mixture = MixtureSameFamily(Categorical(torch.tensor([1.0, 3.0])), Normal(torch.tensor([-1.0, 2.0]), torch.tensor([0.5, 1.0])))
print(mixture, mixture.mean, mixture.variance)
print(mixture.sample((3,)), mixture.log_prob(torch.tensor([0.0, 2.0])), mixture.cdf(torch.tensor(0.5)))
for steps in [SigmoidTransform().inv, AffineTransform(1.0, 2.0)], [ExpTransform(), AffineTransform(1, -3)], TanhTransform():
    d = TransformedDistribution(Uniform(0, 1) if isinstance(steps, list) and steps[0] != ExpTransform() else Normal(torch.zeros(2), 1.0), steps)
    drawn = d.rsample()
    print(d.transforms, d.support, d.batch_shape, drawn, d.log_prob(drawn), d.cdf(drawn))
