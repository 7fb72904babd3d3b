# Different values, counts, places in a sorted sequence, random choices by weight.
import torch

x = torch.tensor([3, 1, 3, 2])
print(torch.unique(x), torch.unique(x, return_inverse=True, return_counts=True))
print(torch.unique(torch.tensor([[3, 1], [3, 1], [2, 0]]), dim=0), torch.unique_consecutive(torch.tensor([1, 1, 2, 2, 1]), return_counts=True))
print(torch.bincount(x), torch.bincount(x, minlength=6), torch.bincount(x, weights=torch.tensor([0.5, 1.0, 0.5, 2.0])))
print(torch.histc(torch.tensor([1.0, 2.0, 1.0]), bins=4, min=0, max=3))
edges = torch.tensor([1.0, 2.0, 3.0])
print(torch.bucketize(torch.tensor([0.5, 2.0, 9.0]), edges), torch.bucketize(2.0, edges, right=True), torch.searchsorted(edges, 2.5))
print(torch.isin(x, torch.tensor([2, 5])), torch.isin(x, 3, invert=True))
torch.manual_seed(0)
p = torch.tensor([0.1, 0.2, 0.3, 0.4])
print(torch.multinomial(p, 2), torch.multinomial(p, 8, replacement=True), torch.multinomial(torch.stack([p, p]), 1))
for wrong in [lambda: torch.bincount(torch.tensor([-1])), lambda: torch.multinomial(p, 5), lambda: torch.multinomial(-p, 1)]:
    try:
        wrong()
    except RuntimeError as e:
        print(e)
