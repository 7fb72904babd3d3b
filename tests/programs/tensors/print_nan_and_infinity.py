# nan and inf keep their place in the columns.
import torch

inf, nan = float("inf"), float("nan")
print(torch.tensor([1.0, inf, -inf, nan]))
print(torch.tensor([0.5, nan]))
print(torch.tensor([[nan, 1.25], [-inf, 1000.0]]))
print(torch.tensor(nan), torch.tensor([inf]), torch.tensor(-inf))
print(torch.tensor([-1.0, 0.0, 1.0]) / 0)
