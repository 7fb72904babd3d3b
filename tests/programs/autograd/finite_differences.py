# A gradient check by hand: the slope of a secant against backward(), in float64.
import torch

def f(x):
    return torch.sin(x) * x**2 + torch.exp(-x)

eps = 1e-6
for start in (0.5, 1.0, 2.0):
    x = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    f(x).backward()
    with torch.no_grad():
        secant = (f(x + eps) - f(x - eps)) / (2 * eps)
    print(f"x = {start}: {x.grad.item():.5f} {secant.item():.5f} agree: {torch.allclose(x.grad, secant)}")
