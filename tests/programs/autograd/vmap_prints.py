# differs from PyTorch: vmap runs the function once for each element, so a print in it shows the elements, not the batch as one BatchedTensor.
import torch
from torch.func import grad, vmap


def square(x):
    print(x)
    return (x**2).sum()


batch = torch.arange(4.0).view(2, 2)
print(vmap(square)(batch))
print(vmap(grad(square))(batch))
