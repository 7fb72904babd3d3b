# Functions, statistics and losses of float32 tensors agree in every bit: each number printed stands for all bits of all results.
import torch
import torch.nn.functional as F


def digest(*tensors):
    total = 0
    for t in tensors:
        for v in t.detach().reshape(-1).tolist():
            total = (total * 31 + int(v * 2.0**60)) % 1000000007
    return total


torch.manual_seed(3)
for sizes in ((3,), (8,), (33,), (2, 3), (8, 5), (5, 20), (40, 33), (2, 3, 4), (4, 9, 16)):
    x, y, p, q = torch.rand(sizes) * 6 - 3, torch.rand(sizes) * 6 - 3, torch.rand(sizes) + 0.1, torch.rand(sizes)
    print(sizes, digest(x.exp(), p.log(), p.log1p(), x.expm1(), x.sin(), x.cos(), x.tanh(), (30 * x).sin(), (0.001 * x).tanh()))
    print(digest(x.sigmoid(), F.silu(x), F.logsigmoid(x), F.elu(x), F.selu(x), p.sqrt(), p**-0.5))
    whole = x.flatten()[: x.numel() // 16 * 16]  # what is left over goes through the C library
    print(digest(F.softplus(whole), F.mish(whole)))
    print(digest(torch.add(x, y, alpha=0.3), torch.addcmul(x, y, p, value=0.3), torch.addcdiv(x, y, p), torch.lerp(x, y, 0.7), torch.lerp(x, y, q)))
    print(digest(x.norm(), x.norm(1), x.var(), x.std(unbiased=False), torch.var_mean(x)[1], q.prod(), (x - y).pow(2).mean()))
    print(digest(F.mse_loss(x, y), F.l1_loss(x, y), F.binary_cross_entropy_with_logits(x, q), F.binary_cross_entropy(q, q), F.kl_div(x, q, reduction="sum")))
    for dim in (0, -1):
        print(digest(x.softmax(dim), x.log_softmax(dim), x.logsumexp(dim), x.std(dim, unbiased=False), x.norm(dim=dim), x.cumsum(dim), q.cumprod(dim)))
    print(digest(F.layer_norm(x, sizes[-1:], y.flatten()[: sizes[-1]]), F.normalize(x, dim=-1)))
    if len(sizes) > 1:
        wanted = torch.randint(0, sizes[1], sizes[:1] + sizes[2:])
        print(digest(F.cross_entropy(x, wanted), F.cross_entropy(x, wanted, weight=torch.rand(sizes[1])), F.batch_norm(x, None, None, training=True)))
