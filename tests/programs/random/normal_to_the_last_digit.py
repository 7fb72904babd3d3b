# Normal numbers, many at once (float32 in blocks of 16) and few, and evenly spaced numbers agree in every bit: each number printed stands for all bits.
import torch


def digest(t):
    total = 0
    for v in t.detach().reshape(-1).tolist():
        total = (total * 31 + int(v * 2.0**60)) % 1000000007
    return total


torch.manual_seed(3)
for draw in [torch.randn(16), torch.randn(10, 17), torch.randn(1000), torch.randn(7), torch.normal(1., 2., (50,)),
             torch.normal(torch.zeros(20), torch.full((20,), 2.)), torch.nn.init.xavier_normal_(torch.empty(8, 9)), torch.nn.init.kaiming_normal_(torch.empty(8, 9))]:
    print(tuple(draw.shape), digest(draw))
for n in (5, 10, 16, 50, 101, 1000):
    for dtype in (torch.float32, torch.float64):
        print(n, digest(torch.linspace(-3, 3.3, n, dtype=dtype)), digest(torch.logspace(-3, 2.2, n, dtype=dtype)), digest(torch.arange(-1, n * 0.07, 0.07, dtype=dtype)))
print(torch.randn(16).sum().item(), torch.linspace(-3.14159, 3.14159, 2000).sin().sum().item())
