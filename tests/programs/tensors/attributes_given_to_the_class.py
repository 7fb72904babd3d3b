# torch.Tensor takes attributes and methods from a program, as any class in Python does; the next run has none of them.
import torch

torch.Tensor.shout = lambda self: 'I am ' + str(self.tolist())
print(torch.ones(2).shout(), torch.nn.Parameter(torch.ones(1)).shout())
torch.Tensor.size2 = property(lambda self: self.numel() ** 2)
print(torch.ones(3).size2, hasattr(torch.ones(1), 'shout'))
old = torch.Tensor.backward


def loud(self, *args, **kwargs):
    print('backward of', self.item())
    return old(self, *args, **kwargs)


torch.Tensor.backward = loud
x = torch.tensor(3., requires_grad=True)
(x * x).backward()
print(x.grad)
torch.Tensor.backward = old
(x * x).backward()
print(x.grad)
del torch.Tensor.shout
try:
    torch.ones(2).shout()
except AttributeError as error:
    print(error)
try:
    del torch.Tensor.shout
except AttributeError as error:
    print(error)
