# A small network learns from the softened answers of a larger one.
import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
X = torch.randn(100, 3)
y = (X.pow(2).sum(1) / 1.5).long().clamp(max=2)


def fit(model, loss_of, steps=100):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.03)
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_of(model(X))
        loss.backward()
        optimizer.step()
    accuracy = (model(X).argmax(1) == y).float().mean().item()
    return f"loss {loss.item():.3f} accuracy {accuracy:.2f}"


teacher = nn.Sequential(nn.Linear(3, 24), nn.ReLU(), nn.Linear(24, 3))
print("teacher", fit(teacher, lambda out: F.cross_entropy(out, y)))
with torch.no_grad():
    soft = F.softmax(teacher(X) / 2, dim=1)
student = nn.Linear(3, 3)
print("student", fit(student, lambda out: F.kl_div(F.log_softmax(out / 2, dim=1), soft, reduction="batchmean") * 4))
small = nn.Sequential(nn.Linear(3, 6), nn.ReLU(), nn.Linear(6, 3))
print("small  ", fit(small, lambda out: F.kl_div(F.log_softmax(out / 2, dim=1), soft, reduction="batchmean") * 4))
