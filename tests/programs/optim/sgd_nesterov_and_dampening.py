# Three kinds of momentum on the same bowl.
import torch

kinds = {
    "heavy ball": dict(momentum=0.9),
    "nesterov": dict(momentum=0.9, nesterov=True),
    "dampened": dict(momentum=0.9, dampening=0.5),
}
for name, options in kinds.items():
    w = torch.tensor([4.0, -2.0], requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=0.05, **options)
    for _ in range(10):
        optimizer.zero_grad()
        (w * w).sum().backward()
        optimizer.step()
    print(f"{name:10} {w.detach()}")
