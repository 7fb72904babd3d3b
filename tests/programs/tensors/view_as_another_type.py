# view(dtype) reads the same memory as another type: the bits of a float, for one.
import torch

x = torch.tensor([0.1, -2.0])
bits = x.view(torch.int32)
print(bits, [f'{b & 0xffffffff:032b}' for b in bits.tolist()])
bits[1] = 0
print(x, x._version)
print(x.view(torch.uint8), torch.ones(2, 4).view(torch.float64).shape, torch.tensor(1.).view(torch.int32))
for wrong in (lambda: torch.ones(3).view(torch.float64), lambda: torch.ones(2, 3).t().view(torch.uint8), lambda: torch.tensor(1.).view(torch.float64), lambda: x.view('a')):
    try:
        wrong()
    except (RuntimeError, TypeError) as error:
        print(error)
print(torch.ones(2, requires_grad=True).view(torch.int32).requires_grad)
