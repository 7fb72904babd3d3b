# Weight decay pulls towards zero, even where the gradient is zero; maximize climbs.
import torch

w = torch.tensor([1.0, 10.0], requires_grad=True)
optimizer = torch.optim.SGD([w], lr=0.1, weight_decay=0.5)
for _ in range(3):
    optimizer.zero_grad()
    (w * 0).sum().backward()
    optimizer.step()
    print(w.data)

height = torch.tensor(0.0, requires_grad=True)
climber = torch.optim.SGD([height], lr=0.25, maximize=True)
for _ in range(3):
    climber.zero_grad()
    (-(height - 2) ** 2).backward()
    climber.step()
    print(height.item())
