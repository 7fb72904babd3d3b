# The graph is what the program did: an if and a while decide what there is to differentiate.
import torch

def f(x):
    y = x * 2
    while y.abs() < 100:
        y = y * 2
    return y if y > 0 else -y

for start in (3.0, -0.5):
    x = torch.tensor(start, requires_grad=True)
    y = f(x)
    y.backward()
    print(f"f({start}) = {y.item()}, slope {x.grad.item()}")
