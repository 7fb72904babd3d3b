# What stands behind signs, brackets and len() can be called by name, also from a class derived from Tensor.
import torch

x = torch.tensor([1., 2.])
print(x.__add__(1), x.__rsub__(1), x.__mul__(x), x.__neg__(), x.__pow__(2), x.__matmul__(x))
print(x.__getitem__(0), x.__len__(), x.__contains__(2), x.__eq__(1), x.__lt__(2))
print([float(one) for one in x.__iter__()], torch.Tensor.__add__(x, x), x.__array__())
same = x.__iadd__(1)
print(same is x, x)
x.__setitem__(0, 9)
print(x, hasattr(x, '__itruediv__'))


class Loud(torch.Tensor):
    def __getitem__(self, key):
        print('item', key)
        return super().__getitem__(key)

    def __add__(self, other):
        print('sum')
        return super().__add__(other)


loud = torch.ones(2).as_subclass(Loud)
print(loud[0], loud + 1, loud * 2)
