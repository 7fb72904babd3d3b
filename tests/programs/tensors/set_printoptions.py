# set_printoptions changes how many digits are shown.
import torch

t = torch.tensor([1 / 3, 2 / 3, 100.0])
print(t)
torch.set_printoptions(precision=2)
print(t)
torch.set_printoptions(precision=6)
print(t)
torch.set_printoptions(profile="default")
torch.set_printoptions(sci_mode=True)
print(t)
