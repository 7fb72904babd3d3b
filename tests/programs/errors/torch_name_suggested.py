# differs from PyTorch: nabla suggests the name that was meant; Python gives up, since torch has too many names.
import torch

print(torch.ones(2))
print(torch.onez(2))
