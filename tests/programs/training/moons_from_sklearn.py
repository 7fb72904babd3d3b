# scikit-learn's moons, split and scaled, as tensors in a DataLoader: numpy in, torch out.
import torch
from sklearn.datasets import make_moons
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

X, y = make_moons(n_samples=200, noise=0.15, random_state=42)
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=42)
scaler = StandardScaler()
X_train, X_test = scaler.fit_transform(X_train), scaler.transform(X_test)
print(X.shape, X_train.shape, y[:5], scaler.mean_.round(4))
X_train, X_test = torch.from_numpy(X_train).float(), torch.tensor(X_test, dtype=torch.float32)
y_train, y_test = torch.from_numpy(y_train), torch.from_numpy(y_test)

torch.manual_seed(42)
loader = DataLoader(TensorDataset(X_train, y_train), batch_size=32, shuffle=True)
model = nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 2))
criterion, optimizer = nn.CrossEntropyLoss(), torch.optim.Adam(model.parameters(), lr=0.02)
for epoch in range(1, 31):
    total = 0.0
    for xb, yb in loader:
        optimizer.zero_grad()
        loss = criterion(model(xb), yb)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(xb)
    if epoch % 10 == 0:
        with torch.no_grad():
            accuracy = (model(X_test).argmax(1) == y_test).float().mean().item()
        print(f"epoch {epoch}: loss {total / len(X_train):.3f}, test accuracy {accuracy:.3f}")
