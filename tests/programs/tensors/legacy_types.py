# torch.FloatTensor and its kin: classes that make tensors of their type, and know them.
import torch

x = torch.FloatTensor([1, 2.5])
print(torch.FloatTensor, type(torch.FloatTensor), torch.LongTensor.__name__, torch.LongTensor.dtype)
print(isinstance(x, torch.FloatTensor), isinstance(x, (torch.LongTensor, torch.DoubleTensor)), type(x))
print(x.type(torch.LongTensor), x.type(torch.DoubleTensor), x.type('torch.IntTensor'), x.type())
print(torch.ShortTensor([1, 2]), torch.CharTensor([3]), torch.ByteTensor([4]), torch.BoolTensor([1, 0]))
print(torch.FloatTensor(2, 3).shape, torch.LongTensor(torch.Size([2])).shape, torch.IntTensor())
whole = torch.arange(3)
again = torch.Tensor(whole)  # itself once more, whatever its type
again[0] = 7
print(whole, again.dtype)
for make in (lambda: torch.LongTensor(x), lambda: torch.FloatTensor(2.5), lambda: torch.FloatTensor('a'),
             lambda: torch.LongTensor(2, 'a'), lambda: torch.set_default_tensor_type(torch.LongTensor)):
    try:
        print(make())
    except TypeError as e:
        print(e)
torch.set_default_tensor_type(torch.DoubleTensor)
print(torch.ones(1).dtype)
