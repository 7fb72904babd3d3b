# A trained body is frozen, a new head learns; then the whole net, with a smaller rate for the body.
import torch
from torch import nn

torch.manual_seed(0)
X = torch.randn(80, 4)
first, second = (X[:, :1] * X[:, 1:2]), (X[:, :1] * X[:, 1:2] > 0).float()


def train(model, target, loss_fn, optimizer, steps=100):
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_fn(model(X), target)
        loss.backward()
        optimizer.step()
    return f"{loss.item():.3f}"


body = nn.Sequential(nn.Linear(4, 16), nn.Tanh())
model = nn.Sequential(body, nn.Linear(16, 1))
print("first task", train(model, first, nn.MSELoss(), torch.optim.Adam(model.parameters(), lr=0.02)))
for p in body.parameters():
    p.requires_grad = False
model[1] = nn.Linear(16, 1)
trainable = [p for p in model.parameters() if p.requires_grad]
print(sum(p.numel() for p in trainable), "of", sum(p.numel() for p in model.parameters()), "parameters learn")
print("head only", train(model, second, nn.BCEWithLogitsLoss(), torch.optim.Adam(trainable, lr=0.02)))
body.requires_grad_(True)
groups = [{"params": body.parameters(), "lr": 0.005}, {"params": model[1].parameters()}]
print("all of it", train(model, second, nn.BCEWithLogitsLoss(), torch.optim.Adam(groups, lr=0.02)))
