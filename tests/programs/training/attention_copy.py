# A tiny attention layer learns to copy a sequence backwards: where it looks is read off its weights.
import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(3)
LENGTH, SYMBOLS, DIM = 5, 6, 16


class Copier(nn.Module):
    def __init__(self):
        super().__init__()
        self.symbol = nn.Embedding(SYMBOLS, DIM)
        self.place = nn.Parameter(torch.randn(LENGTH, DIM))
        self.query = nn.Linear(DIM, DIM)
        self.key = nn.Linear(DIM, DIM)
        self.value = nn.Linear(DIM, DIM)
        self.head = nn.Linear(DIM, SYMBOLS)

    def forward(self, tokens):
        x = self.symbol(tokens) + self.place
        scores = self.query(x) @ self.key(x).transpose(-2, -1) / DIM ** 0.5
        self.weights = scores.softmax(-1)
        return self.head(self.weights @ self.value(x))


model = Copier()
optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
for step in range(101):
    tokens = torch.randint(0, SYMBOLS, (32, LENGTH))
    logits = model(tokens)
    loss = F.cross_entropy(logits.view(-1, SYMBOLS), tokens.flip(1).reshape(-1))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if step % 25 == 0:
        print(f"step {step:3d}: loss {loss.item():.3f}")
tokens = torch.tensor([[0, 1, 2, 3, 4]])
print(model(tokens).argmax(-1), model.weights[0].argmax(-1))
