# A validation set, a rate that falls on a plateau, and a stop when nothing gets better.
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset, random_split

torch.manual_seed(7)
X = torch.linspace(-2, 2, 60).unsqueeze(1)
data = TensorDataset(X, X.sin() + 0.2 * torch.randn_like(X))
train, valid = random_split(data, [45, 15])
loader = DataLoader(train, batch_size=15, shuffle=True)
model = nn.Sequential(nn.Linear(1, 12), nn.Tanh(), nn.Linear(12, 1))
optimizer = torch.optim.Adam(model.parameters(), lr=0.05)
scheduler = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, factor=0.5, patience=3)
best, wait, kept = float("inf"), 0, None
for epoch in range(60):
    model.train()
    for x, y in loader:
        optimizer.zero_grad()
        nn.functional.mse_loss(model(x), y).backward()
        optimizer.step()
    model.eval()
    with torch.no_grad():
        score = sum(nn.functional.mse_loss(model(x), y, reduction="sum").item() for x, y in DataLoader(valid, batch_size=5)) / len(valid)
    scheduler.step(score)
    if score < best - 1e-4:
        best, wait, kept = score, 0, {k: v.clone() for k, v in model.state_dict().items()}
    else:
        wait += 1
    if epoch % 10 == 0:
        print(f"epoch {epoch:2d} valid {score:.3f} lr {optimizer.param_groups[0]['lr']:.4f}")
    if wait == 8:
        print(f"stop at {epoch}, best {best:.3f}")
        break
print(model.load_state_dict(kept))
