# A weight may be computed from another at every reading: symmetric, skew and orthogonal matrices, rank one, spectral norm one.
import torch
from torch import nn
from torch.nn.utils import parametrizations, parametrize


class Symmetric(nn.Module):
    def forward(self, X):
        return X.triu() + X.triu(1).transpose(-1, -2)

    def right_inverse(self, A):
        return A.triu()


class RankOne(nn.Module):
    def forward(self, x, y):
        return x.unsqueeze(-1) @ y.unsqueeze(-2)

    def right_inverse(self, Z):
        return Z[:, 0], Z[0]


torch.manual_seed(0)
layer = parametrize.register_parametrization(nn.Linear(3, 3), "weight", Symmetric())
print(layer, list(dict(layer.named_parameters())), layer.weight, sep="\n")
layer.weight = torch.eye(3)
print(layer.parametrizations.weight.original)
with parametrize.cached():
    print(layer.weight is layer.weight, parametrize.is_parametrized(layer, "bias"), parametrize.type_before_parametrizations(layer))
print(parametrize.remove_parametrizations(layer, "weight", leave_parametrized=True))
print([n for n, _ in parametrize.register_parametrization(nn.Linear(2, 2), "weight", RankOne()).named_parameters()])
print(torch.allclose((q := parametrizations.orthogonal(nn.Linear(2, 4))).weight.T @ q.weight, torch.eye(2), atol=1e-5), [tuple(v.shape) for v in q.state_dict().values()])
s = parametrizations.spectral_norm(nn.Linear(5, 3))
print(f"{torch.linalg.matrix_norm(s.weight, 2).item():.4f}", type(s))
for wrong in (nn.Flatten(0), nn.Flatten(1)):
    try:
        parametrize.register_parametrization(nn.Linear(2, 2), "weight" if wrong.start_dim == 0 else "w", wrong)
    except ValueError as e:
        print(e)
