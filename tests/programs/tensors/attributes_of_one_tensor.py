# An attribute that a tensor has itself goes before one that was given to the class; a property goes before both.
import torch

torch.Tensor.colour = 'grey'
x, y = torch.ones(1), torch.ones(1)
x.colour = 'red'
print(x.colour, y.colour)
y.size_in_bytes = 4
torch.Tensor.size_in_bytes = property(lambda self: self.numel() * self.element_size())
print(x.size_in_bytes, y.size_in_bytes)
try:
    x.size_in_bytes = 3
except AttributeError:
    print('cannot be set')
