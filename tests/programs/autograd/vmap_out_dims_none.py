# differs from PyTorch: out_dims=None came with 2.0: such a result belongs to no element, and is given as it is.
import torch
from torch.func import vmap

x, s = torch.tensor([1.0, 2.0, 3.0]), torch.tensor(2.0)
print(vmap(lambda a: (a * 2, s, "no tensor"), out_dims=(0, None, None))(x))
for call in [lambda: vmap(lambda a: a, out_dims=None)(x), lambda: vmap(lambda a: (a, s), out_dims=None)(x), lambda: vmap(torch.sin, chunk_size=0)]:
    try:
        print(call())
    except ValueError as error:
        print(error)
