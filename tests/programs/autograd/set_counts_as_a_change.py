# set_ counts as a change in place and is refused as one; resize_ does not count.
import torch

a = torch.zeros(3)
a.resize_(2)
print(a._version)
a.set_(torch.ones(2))
a.set_()
print(a._version, a)
base = torch.ones(2, 2, requires_grad=True)
for x in (base, base[0], (base * 1).unbind()[0]):
    try:
        x.set_(torch.ones(2))
    except RuntimeError as error:
        print(error)
