# The normal distribution of vectors, given in three ways; its density, draws, gradients and divergence.
import torch
from torch.distributions import Independent, MultivariateNormal, Normal, kl_divergence

torch.manual_seed(1)
mean = torch.tensor([1.0, 2.0], requires_grad=True)
covariance = torch.tensor([[2.0, 0.5], [0.5, 1.0]], requires_grad=True)
d = MultivariateNormal(mean, covariance)
print(d, d.mean, d.variance, d.entropy())
print(d.sample((2,)), d.rsample())
value = d.log_prob(torch.tensor([[0.0, 1.0], [2.0, 2.0]]))
print(value)
value.sum().backward()
print(mean.grad, covariance.grad)
print(d.scale_tril, d.covariance_matrix.requires_grad, d)
other = MultivariateNormal(torch.zeros(2), scale_tril=torch.tensor([[1.0, 0.0], [0.5, 2.0]]))
print(other.covariance_matrix, kl_divergence(d, other), MultivariateNormal(torch.zeros(2), precision_matrix=torch.eye(2) * 4).sample())
print(Independent(Normal(torch.zeros(3, 2), 1.0), 1).log_prob(torch.ones(2)), MultivariateNormal(torch.zeros(3, 2), torch.eye(2)).batch_shape)
for make in (lambda: MultivariateNormal(torch.zeros(2), -torch.eye(2)), lambda: MultivariateNormal(torch.zeros(2)),
             lambda: MultivariateNormal(torch.zeros(2), torch.tensor([[1.0, 2.0], [0.0, 1.0]]))):
    try:
        make()
    except ValueError as e:
        print(e)
