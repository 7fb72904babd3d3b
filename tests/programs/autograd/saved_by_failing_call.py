# Hooks on what is saved see the arguments of a call before its mistake is found.
import torch

a, b = torch.ones(2, 3, requires_grad=True), torch.ones(4, requires_grad=True)


def pack(x):
    print("pack", tuple(x.shape))
    return x


with torch.autograd.graph.saved_tensors_hooks(pack, lambda x: x):
    try:
        a * b
    except RuntimeError as error:
        print(error)
    (a * a).exp().sum().backward()
