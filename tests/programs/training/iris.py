# Fisher's iris: three kinds of flowers told apart by one linear layer, in full batches.
import torch
from sklearn.datasets import load_iris
from torch import nn

iris = load_iris()
X = torch.tensor(iris.data, dtype=torch.float32)
y = torch.tensor(iris.target)
print(X.shape, y.shape, iris.target_names, iris.feature_names[0])
X = (X - X.mean(0)) / X.std(0)
torch.manual_seed(0)
model = nn.Linear(4, 3)
optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
for epoch in range(101):
    logits = model(X)
    loss = nn.functional.cross_entropy(logits, y)
    if epoch % 25 == 0:
        print(f"{epoch:3d} {loss.item():.4f} {(logits.argmax(1) == y).float().mean().item():.4f}")
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
for k, name in enumerate(iris.target_names):
    print(name, (model(X).argmax(1)[y == k] == k).sum().item(), "of 50")
