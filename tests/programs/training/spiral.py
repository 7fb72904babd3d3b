# Three spiral arms: softmax over the output of a two-layer network, weight decay, accuracy.
import math
import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(1)
N, K = 40, 3
X = torch.zeros(N * K, 2)
y = torch.zeros(N * K, dtype=torch.long)
for k in range(K):
    r = torch.linspace(0.05, 1, N)
    t = torch.linspace(k * 4, (k + 1) * 4, N) + torch.randn(N) * 0.1
    X[k * N:(k + 1) * N] = torch.stack([r * torch.sin(t), r * torch.cos(t)], 1)
    y[k * N:(k + 1) * N] = k


class Net(nn.Module):
    def __init__(self):
        super(Net, self).__init__()
        self.hidden = nn.Linear(2, 32)
        self.out = nn.Linear(32, K)

    def forward(self, x):
        return self.out(torch.tanh(self.hidden(x)))


net = Net()
optimizer = torch.optim.AdamW(net.parameters(), lr=0.03, weight_decay=1e-3)
for step in range(1, 121):
    scores = net(X)
    loss = F.cross_entropy(scores, y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if step % 30 == 0:
        print(f"{step} {loss.item():.3f} {(scores.argmax(1) == y).float().mean().item():.2f}")
print(torch.stack([(net(X).argmax(1)[y == k] == k).sum() for k in range(K)]))
