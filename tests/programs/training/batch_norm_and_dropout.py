# Batch normalisation and dropout behave in one way in training and in another in use: train() and eval().
import torch
from torch import nn

torch.manual_seed(0)
X = torch.randn(64, 5) * 3 + 2
y = (X[:, 0] > X[:, 1]).long()
model = nn.Sequential(nn.Linear(5, 16), nn.BatchNorm1d(16), nn.ReLU(), nn.Dropout(0.3), nn.Linear(16, 2))
optimizer = torch.optim.RMSprop(model.parameters(), lr=0.01)
for epoch in range(41):
    model.train()
    permutation = torch.randperm(64)
    for i in range(0, 64, 16):
        batch = permutation[i:i + 16]
        loss = nn.functional.cross_entropy(model(X[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    if epoch % 20 == 0:
        model.eval()
        with torch.no_grad():
            out = model(X)
        print(f"epoch {epoch}: loss {nn.functional.cross_entropy(out, y).item():.3f}, accuracy {(out.argmax(1) == y).float().mean().item():.3f}")
print(model[1].num_batches_tracked)
