# A straight line fitted with nn.Linear and SGD.
import torch
from torch import nn

torch.manual_seed(42)
x = torch.linspace(0, 1, 20).unsqueeze(1)
y = 0.7 * x + 0.3 + 0.01 * torch.randn(20, 1)
model = nn.Linear(1, 1)
loss_fn = nn.MSELoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
for epoch in range(101):
    loss = loss_fn(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if epoch % 20 == 0:
        print(f"epoch {epoch}: loss {loss.item():.4f}")
print(f"{model.weight.item():.4f} {model.bias.item():.4f}")
