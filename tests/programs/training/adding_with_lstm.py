# An LSTM learns to add the two marked numbers of a sequence.
import torch
from torch import nn

torch.manual_seed(5)


def batch(size, length=6):
    numbers = torch.rand(size, length)
    marks = torch.zeros(size, length)
    for row in marks:
        row[torch.randperm(length)[:2]] = 1
    return torch.stack([numbers, marks], dim=2), (numbers * marks).sum(1, keepdim=True)


class Adder(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(input_size=2, hidden_size=16, batch_first=True)
        self.head = nn.Linear(16, 1)

    def forward(self, x):
        out, (h, c) = self.lstm(x)
        return self.head(h[-1])


model = Adder()
optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
for step in range(101):
    x, target = batch(32)
    loss = nn.functional.mse_loss(model(x), target)
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), max_norm=1.0)
    optimizer.step()
    if step % 20 == 0:
        print(f"step {step:3d}: {loss.item():.4f}")
