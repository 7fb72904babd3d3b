# A recurrent network that predicts the next value of a sine wave.
import torch
from torch import nn

torch.manual_seed(0)
t = torch.linspace(0, 6.28, 25)
wave = torch.sin(t)
x, y = wave[:-1].view(1, -1, 1), wave[1:].view(1, -1, 1)


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.RNN(1, 8, batch_first=True)
        self.out = nn.Linear(8, 1)

    def forward(self, x):
        h, _ = self.rnn(x)
        return self.out(h)


model = Model()
optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
for step in range(101):
    loss = nn.functional.mse_loss(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    if step % 20 == 0:
        print(step, f"{loss.item():.4f}")
print(f"{loss.item():.3f}")
