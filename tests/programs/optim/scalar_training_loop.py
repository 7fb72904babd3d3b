# The smallest training loop: one weight, four samples, one line of output each.
import torch

xs = [1.0, 2.0, 3.0, 4.0]
ys = [2.0, 4.0, 6.0, 8.0]
w = torch.tensor(0.0, requires_grad=True)
for epoch in range(1, 6):
    total = 0.0
    for x, y in zip(xs, ys):
        loss = (w * x - y) ** 2
        loss.backward()
        w.data -= 0.01 * w.grad.item()
        w.grad.zero_()
        total += loss.item()
    print(f"epoch {epoch:>2} | w = {w.item():.3f} | loss = {total:8.4f} | {'#' * int(total)}")
