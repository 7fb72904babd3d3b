# Shapes that do not fit, two calls deep in a small network.
import torch

W1 = torch.ones(3, 4)
W2 = torch.ones(5, 2)

def hidden(x):
    return torch.relu(x @ W1)

def model(x):
    return hidden(x) @ W2

print(hidden(torch.ones(1, 3)))
model(torch.ones(1, 3))
