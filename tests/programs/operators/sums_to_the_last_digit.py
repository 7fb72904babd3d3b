# Sums of floats agree in every bit, however the tensor lies in memory: each number printed stands for all bits of all results.
import torch


def digest(*tensors):
    total = 0
    for t in tensors:
        for v in t.reshape(-1).tolist():
            total = (total * 31 + int(v * 2.0**60)) % 1000000007
    return total


torch.manual_seed(3)
for dtype in (torch.float32, torch.float64):
    for n in (2, 3, 5, 7, 8, 9, 31, 33, 64, 100, 129, 511, 1000, 2049, 9999):
        x, y = torch.rand(n, dtype=dtype) - 0.3, torch.rand(3 * n, dtype=dtype)
        print(n, digest(x.sum(), x.mean(), y[::3].sum(), (x - y[:n]).pow(2).mean(), x.var(), x.std()))
    for sizes in ((2, 3), (8, 5), (5, 8), (33, 17), (3, 100), (100, 3), (70, 40), (1, 9), (9, 1)):
        x = torch.rand(sizes, dtype=dtype) - 0.3
        wide = torch.rand(2 * sizes[0], 3 * sizes[1], dtype=dtype)
        for z in (x, x.t(), wide[::2, ::3], wide[: sizes[0], : sizes[1]].t(), x[:1].expand(6, -1)):
            print(sizes, digest(z.sum(), z.sum(0), z.sum(1), z.mean(1, keepdim=True), z.sum((0, 1))))
    for sizes in ((2, 3, 4), (16, 8, 4), (9, 10, 11), (3, 33, 2), (5, 1, 9)):
        x = torch.rand(sizes, dtype=dtype) - 0.3
        for order in ((0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)):
            z = x.permute(order)
            print(sizes, order, digest(z.sum(), *[z.sum(d) for d in (0, 1, 2, (0, 1), (0, 2), (1, 2))]))
