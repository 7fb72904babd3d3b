# Two moons that no line can part: a small network learns the boundary.
import math
import torch
from torch import nn

torch.manual_seed(0)
t = torch.rand(60) * math.pi
upper = torch.stack([torch.cos(t), torch.sin(t)], dim=1)
lower = torch.stack([1 - torch.cos(t), 0.5 - torch.sin(t)], dim=1)
X = torch.cat([upper, lower]) + 0.1 * torch.randn(120, 2)
y = torch.cat([torch.zeros(60), torch.ones(60)]).unsqueeze(1)

model = nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 1))
loss_fn = nn.BCEWithLogitsLoss()
optimizer = torch.optim.Adam(model.parameters(), lr=0.05)
for epoch in range(101):
    logits = model(X)
    loss = loss_fn(logits, y)
    accuracy = ((logits > 0).float() == y).float().mean()
    if epoch % 20 == 0:
        print(f"epoch {epoch:3d}  loss {loss.item():.4f}  accuracy {accuracy.item():.3f}")
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
with torch.no_grad():
    grid = torch.tensor([[x, y] for y in (1.0, 0.25, -0.5) for x in (-1.0, 0.0, 1.0, 2.0)])
    print((torch.sigmoid(model(grid)) > 0.5).int().view(3, 4))
