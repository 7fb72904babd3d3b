# A single element has a truth value; more of them are ambiguous.
import torch

print(bool(torch.tensor(0.0)), bool(torch.tensor([3])))
if torch.tensor(2.0) > 1:
    print("two is more than one")
try:
    if torch.tensor([1, 2]) == torch.tensor([1, 2]):
        print("equal")
except RuntimeError as error:
    print(error)
print(1 in torch.tensor([1, 2]), not torch.tensor([]).numel())
