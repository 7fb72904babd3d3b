# From tensors back to numbers and lists.
import torch

x = torch.tensor([0.5], requires_grad=True)
print(x.item(), float(x), int(x), type(x.item()))
print(torch.tensor(7).item(), torch.tensor(True).item(), torch.tensor(0.1).item())
print(torch.tensor([[1, 2], [3, 4]]).tolist(), torch.tensor(2.5).tolist())
print(len(torch.zeros(3, 2)), [row.sum().item() for row in torch.ones(3, 2)])
print(round(torch.tensor(2.7).item()), [10, 20, 30][torch.tensor(1)])
a, b = torch.tensor([1.0, 2.0])
print(a, b, max(a, b), sum([a, b]))
