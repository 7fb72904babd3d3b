# The point of a parabola that is closest to another point, found by descent.
import torch

target = torch.tensor([3.0, 0.5])
t = torch.tensor(2.0, requires_grad=True)
optimizer = torch.optim.SGD([t], lr=0.02)
for step in range(200):
    point = torch.stack([t, t * t])
    distance = (point - target).pow(2).sum().sqrt()
    optimizer.zero_grad()
    distance.backward()
    optimizer.step()
    if abs(t.grad.item()) < 1e-3:
        break
print(f"t = {t.item():.3f}, point {point.detach()}, distance {distance.item():.3f}")
