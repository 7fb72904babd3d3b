# The same network with autograd; the parameters are changed by hand, outside the graph.
import torch

torch.manual_seed(0)
N, D_in, H, D_out = 16, 8, 10, 2
x = torch.randn(N, D_in)
y = torch.randn(N, D_out)
w1 = (torch.randn(D_in, H) * 0.3).requires_grad_()
w2 = (torch.randn(H, D_out) * 0.3).requires_grad_()
learning_rate = 1e-3
for t in range(101):
    y_pred = x.mm(w1).clamp(min=0).mm(w2)
    loss = (y_pred - y).pow(2).sum()
    if t % 20 == 0:
        print(t, f"{loss.item():.4f}")
    loss.backward()
    with torch.no_grad():
        w1 -= learning_rate * w1.grad
        w2 -= learning_rate * w2.grad
        w1.grad.zero_()
        w2.grad.zero_()
print(f"{w1.norm().item():.4f} {w2.norm().item():.4f}")
