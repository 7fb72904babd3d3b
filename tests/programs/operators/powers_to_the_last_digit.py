# Powers, angles, hyperbolas and averages of windows of float32 tensors agree in every bit: each number printed stands for all bits of all results.
import torch
import torch.nn.functional as F


def digest(*tensors):
    total = 0
    for t in tensors:
        for v in t.detach().reshape(-1).tolist():
            total = (total * 31 + int(v * 2.0**60)) % 1000000007
    return total


torch.manual_seed(3)
for count in (16, 48, 160):  # what is left over from vectors goes through the C library
    x, p, q = torch.randn(count), torch.rand(count) * 3 + 0.05, torch.rand(count) * 4 - 2
    print(count, digest(p**1.5, p**-1.5, x**4, x**-3, p**0.3, 2**x, 0.5**x, p**q, 10.0**q))
    print(digest(x.tan(), (20 * x).tan(), x.atan(), (5 * x).atan(), torch.atan2(x, q), torch.atan2(q, p), x.sinh(), x.cosh(), F.gelu(x, approximate="tanh")))

for sizes, kernel in (((2, 3, 9, 9), 3), ((1, 1, 8, 8), 2), ((2, 5, 7), (1, 3))):
    x = torch.randn(sizes, requires_grad=True)
    pools = F.avg_pool2d(x, kernel, 2), F.avg_pool2d(x, kernel, 1, (0, 1), count_include_pad=False), F.adaptive_avg_pool2d(x, (4, 3))
    sum([(y * torch.randn(y.shape)).sum() for y in pools]).backward()
    print(sizes, digest(*pools), digest(x.grad))
