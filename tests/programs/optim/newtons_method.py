# Newton's method for the square root of two: the slope comes from autograd.
import torch

x = torch.tensor(1.0, dtype=torch.float64, requires_grad=True)
for step in range(5):
    f = x * x - 2
    (slope,) = torch.autograd.grad(f, x)
    with torch.no_grad():
        x -= f / slope
    print(f"step {step}: {x.item():.10f}")
