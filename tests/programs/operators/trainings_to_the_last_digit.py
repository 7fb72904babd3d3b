# Gradients and optimizers agree in every bit: each number printed stands for all bits of the losses and parameters of a training.
import torch
import torch.nn as nn
import torch.nn.functional as F


def digest(*tensors):
    total = 0
    for t in tensors:
        for v in t.detach().reshape(-1).tolist():
            total = (total * 31 + int(v * 2.0**60)) % 1000000007
    return total


def train(name, model, loss_of, make):
    optimizer = make(model.parameters())
    losses = []
    for _ in range(8):
        optimizer.zero_grad()
        losses.append(loss_of(model))
        losses[-1].backward()
        optimizer.step()
    print(name, digest(*losses, *model.parameters()))


torch.manual_seed(3)
x, y, classes = torch.rand(20, 7) - 0.5, torch.rand(20, 3), torch.arange(20) % 3
losses = {
    "mse": lambda out: F.mse_loss(out, y),
    "classes": lambda out: F.cross_entropy(out, classes),
    "logits": lambda out: F.binary_cross_entropy_with_logits(out, y),
    "probabilities": lambda out: F.binary_cross_entropy(out.sigmoid(), y),
    "by hand": lambda out: -(out.softmax(1) * y).sum(1).log().mean() + out.norm() + out.var(0, unbiased=False).sum(),
}
for name, loss in losses.items():
    for between in (nn.Tanh(), nn.ReLU(), nn.Sigmoid(), nn.SiLU(), nn.BatchNorm1d(16), nn.LayerNorm(16)):
        model = nn.Sequential(nn.Linear(7, 16), between, nn.Linear(16, 3))
        train(f"{name}, {type(between).__name__}:", model, lambda m: loss(m(x)), lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, weight_decay=0.01))
for make in (torch.optim.SGD, torch.optim.Adam, torch.optim.AdamW, torch.optim.Adagrad, torch.optim.RMSprop, torch.optim.NAdam, torch.optim.Rprop):
    train(make.__name__, nn.Sequential(nn.Linear(7, 16), nn.Tanh(), nn.Linear(16, 3)), lambda m: F.mse_loss(m(x), y), lambda p: make(p, lr=0.05))
