# copy.copy() gives a new tensor over the same memory; copy.deepcopy() copies memory once for all tensors that share it, and attributes too.
import copy

import torch

x = torch.arange(4.0, requires_grad=True)
x.label = ["x"]
y = copy.copy(x)
print(y is x, y.data_ptr() == x.data_ptr(), y, hasattr(y, "label"))
print(copy.copy(x * 2))

z = copy.deepcopy(x)
print(z, z.label, z.label is x.label)
base = torch.arange(6.0)
whole, part = copy.deepcopy([base, base[2:4]])
part[0] = 10
print(base, whole, part.storage_offset(), part._base)
print(copy.deepcopy(base.view(2, 3).t()).stride())

x.sum().backward()
print(copy.deepcopy(x).grad, copy.copy(x).grad)
parameter = torch.nn.Parameter(torch.ones(2))
parameter.label = "p"
print(copy.copy(parameter) is parameter, type(copy.copy(parameter)).__name__, hasattr(copy.deepcopy(parameter), "label"))
try:
    copy.deepcopy(x * 2)
except RuntimeError as error:
    print(error)


class Point:
    def __init__(self, x):
        self.x = x

    def __reduce__(self):
        return Point, (self.x + 1,)


print(copy.copy(Point(1)).x, copy.deepcopy([Point(5)])[0].x)
