# Halving the step until the loss falls: a line search around autograd.
import torch

def loss_of(w):
    return (w[0] ** 4 + 3 * w[1] ** 2 + w[0] * w[1]).sum()

w = torch.tensor([2.0, -3.0], requires_grad=True)
for step in range(5):
    loss = loss_of(w)
    (slope,) = torch.autograd.grad(loss, w)
    rate = 1.0
    with torch.no_grad():
        while loss_of(w - rate * slope) > loss:
            rate /= 2
        w -= rate * slope
    print(f"step {step}: rate {rate:<8} loss {loss_of(w).item():.4f}")
