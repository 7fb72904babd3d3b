# CTC: minus the log of the probability of all ways in which a sequence of outputs may spell a label, blanks between.
import torch
from torch import nn

torch.manual_seed(0)
logits = torch.randn(6, 2, 4, requires_grad=True)  # time, batch, classes (0 is the blank)
targets = torch.tensor([[1, 2, 2], [3, 1, 0]])
lengths, sizes = torch.tensor([6, 5]), torch.tensor([3, 2])
loss = nn.CTCLoss()(logits.log_softmax(2), targets, lengths, sizes)
print(f"{loss.item():.4f}")
loss.backward()
print(logits.grad[:, 0])
optimizer = torch.optim.Adam([logits], lr=0.1)
for step in range(60):
    optimizer.zero_grad()
    loss = nn.CTCLoss()(logits.log_softmax(2), targets, lengths, sizes)
    loss.backward()
    optimizer.step()
    if step % 20 == 0:
        print(f"{step}: {loss.item():.4f}")
best = logits.argmax(2)[:, 0].tolist()
print([c for i, c in enumerate(best) if c and (i == 0 or c != best[i - 1])])
