# LBFGS calls its closure several times in a step.
import torch

torch.manual_seed(0)
X = torch.randn(30, 3, dtype=torch.float64)
y = X @ torch.tensor([1.0, -2.0, 0.5], dtype=X.dtype) + 0.3
w = torch.zeros(3, dtype=X.dtype, requires_grad=True)
b = torch.zeros(1, dtype=X.dtype, requires_grad=True)
opt = torch.optim.LBFGS([w, b], lr=0.5, max_iter=4, history_size=5)
print(opt)
calls = 0


def closure():
    global calls
    calls += 1
    opt.zero_grad()
    loss = ((X @ w + b - y) ** 2).mean()
    loss.backward()
    return loss


for step in range(8):
    loss = opt.step(closure)
    print(step, calls, f"{loss.item():.3e}")
print([f"{v:.4f}" for v in w.tolist() + b.tolist()])
print(opt.state[w]["n_iter"], opt.state[w]["func_evals"], sorted(opt.state_dict()["state"][0]))
