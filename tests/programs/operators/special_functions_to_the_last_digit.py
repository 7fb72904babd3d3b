# The error function, inverse sines, logarithms of gamma and Bessel functions agree in every bit, as do their gradients: each number printed stands for all bits.
import torch


def digest(*tensors):
    total = 0
    for t in tensors:
        for v in t.detach().reshape(-1).tolist():
            total = (total * 31 + int(v * 2.0**60)) % 1000000007
    return total


torch.manual_seed(3)
for sizes in ((3,), (33,), (2, 3), (40, 33), (3, 19)):
    x, p, q = torch.rand(sizes) * 6 - 3, torch.rand(sizes) * 8 + 0.1, torch.rand(sizes) * 1.98 - 0.99
    for a in (x, p, q):
        a.requires_grad_()
    for f, a in ((torch.erf, x), (torch.erfc, x), (torch.asin, q), (torch.acos, q), (torch.log2, p), (torch.log10, p), (torch.lgamma, p), (torch.lgamma, x),
                 (torch.digamma, p), (torch.i0, x), (torch.special.i0e, p), (torch.special.i1, x), (torch.special.i1e, p)):
        y = f(a)
        print(f.__name__, digest(y, *torch.autograd.grad(y.sum(), a)))
    whole = x.flatten()[: x.numel() // 16 * 16], p.flatten()[: x.numel() // 16 * 16]  # what is left over goes through the C library
    print(digest(torch.logaddexp(*whole), torch.logit(whole[1] / 9)))
    print(digest(x.t().sigmoid() if x.dim() == 2 else x.sigmoid()))
