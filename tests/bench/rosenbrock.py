# Rosenbrock's function, minimised with SGD and momentum.
import torch

x = torch.tensor([-1.0], requires_grad=True)
y = torch.tensor([1.5], requires_grad=True)
optimizer = torch.optim.SGD([x, y], lr=0.0005, momentum=0.9)

for i in range(count):
    optimizer.zero_grad()
    loss = (1 - x) ** 2 + 100 * (y - x**2) ** 2
    loss.backward()
    optimizer.step()

print(f"{x.item():.3f} {y.item():.3f}")
