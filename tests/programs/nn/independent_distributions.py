# Independent: batch dimensions that count as one event; expanded, and refused where it cannot list its values.
import torch
from torch.distributions import Bernoulli, Independent, Normal

torch.manual_seed(0)
one = Independent(Normal(torch.zeros(3), torch.ones(3)), 1)
many = one.expand((2,))
print(many, many.batch_shape, many.event_shape)
print(many.log_prob(torch.zeros(2, 3)), many.sample().shape)
print(Independent(Bernoulli(torch.tensor([0.5])), 0).enumerate_support())
try:
    one.enumerate_support()
except NotImplementedError as e:
    print(e)
