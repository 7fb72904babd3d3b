# A checkpoint of model and optimizer, and the two as whole objects: the training goes on as if it had not been interrupted.
import copy
import os

import torch
from torch import nn, optim

torch.manual_seed(0)
x, y = torch.randn(16, 2), torch.randn(16, 1)
model = nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 1))
optimizer = optim.Adam(model.parameters(), lr=0.05)


def train(model, optimizer, steps):
    for _ in range(steps):
        optimizer.zero_grad()
        loss = nn.functional.mse_loss(model(x), y)
        loss.backward()
        optimizer.step()
    return f"{loss.item():.5f}"


train(model, optimizer, 10)
torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "step": 10}, "checkpoint.pt")
torch.save((model, optimizer), "whole.pt")
twin, its_optimizer = copy.deepcopy((model, optimizer))
print(train(model, optimizer, 10), train(twin, its_optimizer, 10))

checkpoint = torch.load("checkpoint.pt")
fresh = nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 1))
fresh.load_state_dict(checkpoint["model"])
again = optim.Adam(fresh.parameters())
again.load_state_dict(checkpoint["optimizer"])
print(checkpoint["step"], train(fresh, again, 10))
model, optimizer = torch.load("whole.pt")
print(train(model, optimizer, 10), type(optimizer).__name__, optimizer.param_groups[0]["params"][0] is model[0].weight)
os.remove("checkpoint.pt"), os.remove("whole.pt")
