# Ratings of films by people, filled in: an embedding for each, and their product.
import torch
from torch import nn

torch.manual_seed(2)
taste, style = torch.randn(8, 2), torch.randn(6, 2)
ratings = taste @ style.t()
seen = torch.rand(8, 6) < 0.7
users, items = seen.nonzero(as_tuple=True)


class Factors(nn.Module):
    def __init__(self, users, items, k):
        super().__init__()
        self.user, self.item = nn.Embedding(users, k), nn.Embedding(items, k)

    def forward(self, u, i):
        return (self.user(u) * self.item(i)).sum(-1)


model = Factors(8, 6, 2)
optimizer = torch.optim.SGD(model.parameters(), lr=0.5, momentum=0.5)
for epoch in range(201):
    loss = nn.functional.mse_loss(model(users, items), ratings[users, items])
    if epoch % 50 == 0:
        print(epoch, f"{loss.item():.3f}")
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
print(int(seen.sum()), "seen;", (model.user.weight @ model.item.weight.t()).shape)
