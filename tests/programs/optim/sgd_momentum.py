# Momentum keeps a running sum of the gradients: the velocity.
import torch

w = torch.tensor(5.0, requires_grad=True)
optimizer = torch.optim.SGD([w], lr=0.1, momentum=0.5)
by_hand, velocity = 5.0, 0.0
for step in range(6):
    optimizer.zero_grad()
    (w**2).backward()
    optimizer.step()
    velocity = 0.5 * velocity + 2 * by_hand
    by_hand -= 0.1 * velocity
    print(f"step {step}: {w.item():.4f} {by_hand:.4f}")
print(optimizer.state[w]["momentum_buffer"])
