# A line is fitted to noisy points drawn with a seed.
import torch

torch.manual_seed(7)
x = torch.linspace(-1, 1, 20)
y = 3 * x - 1 + 0.1 * torch.randn(20)
w = torch.randn(1, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
optimizer = torch.optim.SGD([w, b], lr=0.2)
for epoch in range(101):
    loss = ((w * x + b - y) ** 2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if epoch % 25 == 0:
        print(f"epoch {epoch:3d}: loss {loss.item():.4f}  y = {w.item():.2f} x + {b.item():.2f}")
