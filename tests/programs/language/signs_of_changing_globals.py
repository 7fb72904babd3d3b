# One and the same expression meets other values each time; a name comes and goes; a method gives way to an attribute.
import torch

for w, x in [(2, 3), (torch.tensor([2.0], requires_grad=True), torch.tensor([3.0])), (2.5, torch.ones(2, 2)), (torch.tensor([1.5]), 2), ("a", 3)]:
    z = w * x
    y = z + z
    print(y)

optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.1)
for i in range(3):
    if i == 1:
        optimizer.zero_grad = lambda: "its own"
    if i == 2:
        del optimizer.zero_grad
    print(optimizer.zero_grad())

for i in range(3):
    try:
        print(w * missing)
    except NameError as error:
        print(error)
    if i == 0:
        missing = 2
    if i == 1:
        del missing
y = w ** missing
