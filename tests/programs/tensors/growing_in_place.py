# A view that must grow keeps its place in the memory: for resize_ and for out=.
import torch

ones = torch.ones(2, 2)
a = torch.arange(4.)
b = a[2:]
print(b.resize_(2, 2)[0], b.storage_offset(), b.storage().size(), a, a._version, b._version)
b = a[1:3]
torch.add(ones, ones, out=b)
print(b, b.storage_offset(), b.stride(), a, a._version, b._version)
rows = torch.tensor([[0.75, 0.5, -2.0], [2.0, 1.0, -1.0]])
last = rows[1:]
torch.mul(torch.ones(2, 3).t(), 3, out=last)
print(last, last.storage_offset(), last.stride(), rows)
a = torch.arange(6.)
b = a[2:]
print(b.resize_(2), b.resize_(0), b.storage_offset(), b.storage().size(), b.resize_(3), a)
spread = torch.arange(8.)[::2]
print(torch.add(ones, 1, out=spread), spread.stride(), spread.resize_as_(torch.ones(3)))
turned = torch.arange(6.).view(2, 3).t()
print(torch.add(ones, 1, out=turned), turned.stride(), turned.storage().size())
one = torch.tensor(3.)
one += 1
same = one.view(1)
print(one.resize_(2, 1)[0], one._version, same)
for bad in (lambda: one.resize_(-1), lambda: one.resize_(2, -3), lambda: one.requires_grad_().resize_(1)):
    try:
        print(bad())
    except RuntimeError as error:
        print(error)
