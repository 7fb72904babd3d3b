# LBFGS with a strong Wolfe line search walks the Rosenbrock valley in few steps.
import torch

xy = torch.tensor([-1.5, 2.0], dtype=torch.float64, requires_grad=True)
opt = torch.optim.LBFGS([xy], lr=1, max_iter=3, line_search_fn="strong_wolfe")


def closure():
    opt.zero_grad()
    x, y = xy
    loss = (1 - x) ** 2 + 100 * (y - x ** 2) ** 2
    loss.backward()
    return loss


for step in range(10):
    loss = opt.step(closure)
    print(f"{step}: loss {loss.item():.4e} at ({xy[0].item():.4f}, {xy[1].item():.4f}), {opt.state[xy]['func_evals']} calls")

for options in {"line_search_fn": "armijo"}, {"max_iter": 3, "betas": 1}:
    try:
        torch.optim.LBFGS([xy], **options).step(closure)
    except (RuntimeError, TypeError) as error:
        print(type(error).__name__, error)
try:
    torch.optim.LBFGS([{"params": [xy]}, {"params": [xy.detach().clone().requires_grad_()]}])
except ValueError as error:
    print(error)
try:
    opt.step()
except TypeError as error:
    print(error)
