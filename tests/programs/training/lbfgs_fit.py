# A decaying wave fitted with LBFGS: few steps, many calls of the closure.
import torch

torch.manual_seed(0)
t = torch.linspace(0, 4, 50, dtype=torch.float64)
data = 2.0 * torch.exp(-0.5 * t) * torch.cos(3.0 * t + 0.3) + 0.02 * torch.randn(50, dtype=torch.float64)
params = torch.tensor([1.0, 0.2, 2.8, 0.0], dtype=torch.float64, requires_grad=True)
optimizer = torch.optim.LBFGS([params], lr=1.0, max_iter=10, line_search_fn="strong_wolfe")


def model(p):
    return p[0] * torch.exp(-p[1] * t) * torch.cos(p[2] * t + p[3])


def closure():
    optimizer.zero_grad()
    loss = torch.mean((model(params) - data) ** 2)
    loss.backward()
    return loss


for epoch in range(6):
    loss = optimizer.step(closure)
    print(f"epoch {epoch}: loss {loss.item():.6f}, |grad| {params.grad.norm().item():.1e}")
print([round(p, 4) for p in params.tolist()])
