# Two clouds of points, told apart by a line; accuracy along the way.
import torch
from torch import nn
import torch.nn.functional as F

torch.manual_seed(7)
x = torch.cat([torch.randn(40, 2) + 1.5, torch.randn(40, 2) - 1.5])
y = torch.cat([torch.ones(40), torch.zeros(40)])
model = nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
for epoch in range(101):
    logits = model(x).squeeze(1)
    loss = F.binary_cross_entropy_with_logits(logits, y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if epoch % 20 == 0:
        accuracy = ((logits > 0) == y.bool()).float().mean()
        print(f"{epoch:3d} {loss:.4f} {accuracy:.3f}")
print([f"{v:.3f}" for v in model.weight[0].tolist()])
