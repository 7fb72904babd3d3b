# Too small, good, and too large a learning rate on y = x^2.
import torch

for lr in (0.01, 0.4, 1.0, 1.1):
    x = torch.tensor(1.0, requires_grad=True)
    optimizer = torch.optim.SGD([x], lr=lr)
    for _ in range(10):
        optimizer.zero_grad()
        (x**2).backward()
        optimizer.step()
    print(f"lr {lr:4}: x = {x.item():.4f}")
