# A character bigram model as a one-layer network, trained on a few names, and sampled.
import torch
import torch.nn.functional as F

names = ["emma", "olivia", "ava", "isabella", "sophia", "mia"]
chars = ["."] + sorted(set("".join(names)))
index = {c: i for i, c in enumerate(chars)}
pairs = [(index[a], index[b]) for name in names for a, b in zip("." + name, name + ".")]
xs, ys = torch.tensor(pairs).T
g = torch.Generator().manual_seed(2147483647)
W = torch.randn((len(chars), len(chars)), generator=g, requires_grad=True)
for k in range(100):
    probs = F.one_hot(xs, num_classes=len(chars)).float() @ W
    probs = probs.exp() / probs.exp().sum(1, keepdim=True)
    loss = -probs[torch.arange(len(xs)), ys].log().mean() + 0.01 * (W ** 2).mean()
    W.grad = None
    loss.backward()
    W.data += -10 * W.grad
    if k % 25 == 0:
        print(k, f"{loss.item():.4f}")
for i in range(3):
    ix, out = 0, []
    while True:
        p = F.softmax(W[ix], dim=0)
        ix = torch.multinomial(p, num_samples=1, replacement=True, generator=g).item()
        if ix == 0 or len(out) > 20:
            break
        out.append(chars[ix])
    print("".join(out))
