# Products of matrices agree in every bit with those of PyTorch over the reference BLAS: each number printed stands for all bits.
import torch
import torch.nn.functional as F


def digest(*tensors):
    total = 0
    for t in tensors:
        for v in t.detach().reshape(-1).tolist():
            total = (total * 31 + int(v * 2.0**60)) % 1000000007
    return total


torch.manual_seed(3)
for m, k, n in ((1, 3, 1), (2, 3, 4), (3, 8, 5), (7, 16, 3), (10, 10, 10), (1, 50, 20), (20, 50, 1), (3, 300, 9), (40, 100, 10)):
    a, b, bt, at = [torch.rand(s) - 0.4 for s in ((m, k), (k, n), (n, k), (k, m))]
    v, row, out = torch.rand(k), torch.rand(n), torch.rand(m, n)
    x, y = torch.rand(2, m, k), torch.rand(2, k, n) - 0.4
    print(digest(a @ b, a @ bt.t(), at.t() @ b, at.t() @ bt.t(), a @ v, at.t() @ v, v @ b, torch.dot(v, v + 0.3), x @ y, x @ b))
    print(digest(torch.addmm(row, a, b), torch.addmm(row, a, bt.t()), torch.addmm(out, at.t(), b, beta=0.3, alpha=0.7)))
    print(digest(torch.addmm(out, a, bt.t(), beta=0.3, alpha=0.7), torch.baddbmm(out, x, y, beta=0.3, alpha=0.7), torch.addmv(row, b.t(), v)))
    w, bias = bt.clone().requires_grad_(), row.clone().requires_grad_()
    loss = F.mse_loss(F.linear(a, w, bias), out)
    loss.backward()
    print(digest(loss, w.grad, bias.grad, F.linear(x, w, bias), F.linear(v, w, bias)))
