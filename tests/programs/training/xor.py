# XOR with a small network and Adam.
import torch
from torch import nn

torch.manual_seed(1)
x = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
y = torch.tensor([[0.0], [1.0], [1.0], [0.0]])
net = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 1), nn.Sigmoid())
optimizer = torch.optim.Adam(net.parameters(), lr=0.05)
for step in range(200):
    optimizer.zero_grad()
    loss = nn.functional.binary_cross_entropy(net(x), y)
    loss.backward()
    optimizer.step()
    if step % 50 == 49:
        print(step + 1, f"{loss.item():.4f}")
print((net(x) > 0.5).int().flatten().tolist())
