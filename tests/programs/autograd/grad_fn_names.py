# Each operator leaves its own name in grad_fn.
import torch

a = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
results = [
    a + 1, a - a, 2 - a, a * a, a / 2, -a, a**2, 2**a, a @ a, a.t(), a.T, a.sum(), a.mean(), a.sum(0), a.mean(dim=1),
    a.exp(), a.log(), a.sqrt(), a.sin(), a.cos(), a.tanh(), a.sigmoid(), a.relu(), a.abs(), a.reshape(4), a.view(-1),
    a[0], a[:, 1], a[0, 1], a.unsqueeze(0), a.clone(), torch.cat([a, a]), torch.stack([a, a]), a.clamp(min=2),
]
for r in results:
    print(r.grad_fn.name(), tuple(r.shape))
