# torch.save and torch.load: a checkpoint, then the training goes on as if nothing had happened.
import os
import torch
from torch import nn

torch.manual_seed(0)
X = torch.linspace(-1, 1, 20).unsqueeze(1)
y = X ** 2
loss_fn = nn.MSELoss()


def make():
    model = nn.Sequential(nn.Linear(1, 4), nn.Tanh(), nn.Linear(4, 1))
    return model, torch.optim.Adam(model.parameters(), lr=0.05)


def train(model, optimizer, epochs):
    for epoch in range(epochs):
        optimizer.zero_grad()
        loss = loss_fn(model(X), y)
        loss.backward()
        optimizer.step()
    return loss.item()


model, optimizer = make()
print(f"{train(model, optimizer, 20):.4f}")
torch.save({"epoch": 20, "model": model.state_dict(), "optimizer": optimizer.state_dict()}, "checkpoint.pt")
print(f"{train(model, optimizer, 20):.4f}")

checkpoint = torch.load("checkpoint.pt", map_location=torch.device("cpu"))
again, optimizer = make()
print(again.load_state_dict(checkpoint["model"]), checkpoint["epoch"], list(checkpoint["model"]))
optimizer.load_state_dict(checkpoint["optimizer"])
print(f"{train(again, optimizer, 20):.4f}", torch.equal(again[0].weight, model[0].weight))
os.remove("checkpoint.pt")
