# Words of one kind are drawn together, those of another pushed away: a triplet loss on embeddings.
import torch
from torch import nn

torch.manual_seed(1)
kinds = torch.tensor([0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2])
embed = nn.Embedding(12, 2)
loss_fn = nn.TripletMarginLoss(margin=1.0)
optimizer = torch.optim.SGD(embed.parameters(), lr=0.5)
for step in range(101):
    anchor = torch.randint(0, 12, (24,))
    positive = torch.tensor([int(torch.randperm(4)[0]) + 4 * int(kinds[a]) for a in anchor])
    negative = (anchor + 4 + torch.randint(0, 2, (24,)) * 4) % 12
    loss = loss_fn(embed(anchor), embed(positive), embed(negative))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if step % 25 == 0:
        print(f"{step:3d} {loss.item():.3f}")
with torch.no_grad():
    distance = torch.cdist(embed.weight, embed.weight)
    same = kinds.unsqueeze(0) == kinds.unsqueeze(1)
    print(f"within {distance[same].mean().item():.2f}, between {distance[~same].mean().item():.2f}")
