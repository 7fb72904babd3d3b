# Down the bent valley of Rosenbrock's function with SGD and momentum.
import torch

def rosenbrock(x, y):
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2

x = torch.tensor(-1.5, requires_grad=True)
y = torch.tensor(2.0, requires_grad=True)
optimizer = torch.optim.SGD([x, y], lr=2e-4, momentum=0.9)
for step in range(2001):
    loss = rosenbrock(x, y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if step % 500 == 0:
        print(f"{step:5d}  loss {loss.item():8.4f}  at ({x.item():.3f}, {y.item():.3f})")
