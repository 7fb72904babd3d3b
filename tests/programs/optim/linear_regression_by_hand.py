# Linear regression with matrices, gradients from autograd and updates by hand.
import torch

X = torch.tensor([[1.0, 2.0], [2.0, 0.0], [3.0, 1.0], [0.0, 1.0]])
y = X @ torch.tensor([2.0, -1.0]) + 0.5
w = torch.zeros(2, requires_grad=True)
b = torch.zeros(1, requires_grad=True)

for epoch in range(301):
    loss = ((X @ w + b - y) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        for parameter in (w, b):
            parameter -= 0.1 * parameter.grad
            parameter.grad.zero_()
    if epoch in (0, 10, 100, 300):
        print(f"epoch {epoch:3}: loss {loss.item():.6f}")
print(w, b)
