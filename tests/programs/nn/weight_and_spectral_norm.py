# weight_norm and spectral_norm compute a weight anew before every forward.
import torch
from torch import nn
from torch.nn.utils import remove_spectral_norm, remove_weight_norm, spectral_norm, weight_norm

torch.manual_seed(0)
x = torch.randn(2, 3)
layer = weight_norm(nn.Linear(3, 2), name="weight")
print(layer, [name for name, _ in layer.named_parameters()], layer.weight_g.shape)
before = layer(x)
layer(x).sum().backward()
print(layer.weight_g.grad, layer.weight_v.grad.shape, layer.weight.grad_fn is not None)
remove_weight_norm(layer)
print([name for name, _ in layer.named_parameters()], torch.allclose(layer(x), before))

layer = spectral_norm(nn.Linear(3, 2), n_power_iterations=5)
print(list(layer.state_dict()))
for _ in range(10):
    layer(x)
print(f"{torch.linalg.matrix_norm(layer.weight, 2).item():.4f}")
remove_spectral_norm(layer)
print(list(layer.state_dict()))
for f in (lambda: remove_weight_norm(layer), lambda: weight_norm(weight_norm(nn.Linear(2, 2))), lambda: spectral_norm(layer, n_power_iterations=0)):
    try:
        f()
    except (ValueError, RuntimeError) as error:
        print(error)
