# A character-level language model: three letters are embedded, a hidden layer guesses the fourth; then it writes names.
import torch
import torch.nn.functional as F

words = ["emma", "olivia", "ava", "isabella", "sophia", "mia", "amelia", "ella", "anna", "lily", "nora", "maya", "eva", "leah", "lucy"]
chars = sorted(set("".join(words)))
stoi = {c: i + 1 for i, c in enumerate(chars)}
stoi["."] = 0
itos = {i: c for c, i in stoi.items()}
X, Y = [], []
for word in words:
    context = [0] * 3
    for c in word + ".":
        X.append(context)
        Y.append(stoi[c])
        context = context[1:] + [stoi[c]]
X, Y = torch.tensor(X), torch.tensor(Y)
print(X.shape, len(stoi))

g = torch.Generator().manual_seed(42)
C = torch.randn((len(stoi), 4), generator=g)
W1, b1 = torch.randn((12, 30), generator=g) * 0.3, torch.zeros(30)
W2, b2 = torch.randn((30, len(stoi)), generator=g) * 0.1, torch.zeros(len(stoi))
parameters = [C, W1, b1, W2, b2]
for p in parameters:
    p.requires_grad = True
for i in range(101):
    h = torch.tanh(C[X].view(-1, 12) @ W1 + b1)
    loss = F.cross_entropy(h @ W2 + b2, Y)
    for p in parameters:
        p.grad = None
    loss.backward()
    for p in parameters:
        p.data += -0.5 * p.grad
    if i % 25 == 0:
        print(i, f"{loss.item():.4f}")
print(sum(p.nelement() for p in parameters))
