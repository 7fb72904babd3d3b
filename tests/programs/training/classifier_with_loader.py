# Three spirals, a network as a class, batches from a loader, a scheduler, evaluation without gradients.
import math

import torch
import torch.nn.functional as F
from torch import nn, optim
from torch.utils.data import DataLoader, TensorDataset
torch.manual_seed(0)
points, labels = [], []
for k in range(3):
    t = torch.linspace(0.2, 1, 40)
    angle = 4 * t + k * 2 * math.pi / 3 + 0.1 * torch.randn(40)
    points.append(torch.stack([t * torch.sin(angle), t * torch.cos(angle)], dim=1))
    labels.append(torch.full((40,), k))
data = TensorDataset(torch.cat(points), torch.cat(labels))


class Net(nn.Module):
    def __init__(self):
        super(Net, self).__init__()
        self.fc1, self.fc2 = nn.Linear(2, 32), nn.Linear(32, 3)

    def forward(self, x):
        return self.fc2(F.relu(self.fc1(x)))


net = Net()
optimizer = optim.Adam(net.parameters(), lr=0.02)
scheduler = optim.lr_scheduler.StepLR(optimizer, step_size=10, gamma=0.5)
for epoch in range(30):
    for x, y in DataLoader(data, batch_size=30, shuffle=True):
        optimizer.zero_grad()
        loss = F.cross_entropy(net(x), y)
        loss.backward()
        optimizer.step()
    scheduler.step()
    if epoch % 10 == 9:
        print(f"epoch {epoch + 1}: {loss.item():.3f}, lr {scheduler.get_last_lr()[0]:.4f}")
with torch.no_grad():
    print((net(data.tensors[0]).argmax(1) == data.tensors[1]).float().mean())
