# A number of numpy changes a tensor in place as any number does.
import numpy as np
import torch

x = torch.ones(3)
same = x
x += np.float64(0.5)
x *= np.float32(2)
x -= np.int64(1)
print(same, x is same)
whole = torch.tensor([1, 2, 3])
try:
    whole *= np.float64(0.5)
except RuntimeError as error:
    print(error)
print(whole)
