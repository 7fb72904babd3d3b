# Functions of float64 and their gradients give PyTorch's bits, and so do softmax and losses.
import torch
import torch.nn.functional as F

torch.manual_seed(1)


def show(name, f, low, high, count=232):
    x = (torch.rand(count, dtype=torch.float64) * (high - low) + low).requires_grad_()
    y = f(x)
    (y * torch.linspace(-1, 2, y.numel(), dtype=torch.float64).view(y.shape)).sum().backward()
    digits = lambda t: [v.hex().split("p")[0][-2:] for v in t.reshape(-1).tolist()]
    print(name, y[..., -1].reshape(-1)[-1].item(), "".join(digits(y.detach())[-60:]), "".join(digits(x.grad)[-60:]))


for f in torch.exp, torch.expm1, torch.sin, torch.cos, torch.tan, torch.atan, torch.sinh, torch.cosh, torch.tanh, torch.erf, torch.erfc, torch.sigmoid:
    show(f.__name__, f, -4, 4)
for f in torch.log, torch.log2, torch.log10, torch.log1p, torch.special.entr:
    show(f.__name__, f, 0.01, 10)
for f in torch.asin, torch.acos:
    show(f.__name__, f, -0.95, 0.95)
for f in torch.sin, torch.cos, torch.tan:
    show(f.__name__ + " of large angles", f, 20, 3000)
for f in F.softplus, F.silu, F.gelu, F.mish, F.elu, F.tanhshrink:
    show(f.__name__, f, -4, 4)
show("logsigmoid", F.logsigmoid, -4, 4)
show("gelu by tanh", lambda x: F.gelu(x, approximate="tanh"), -4, 4)
show("powers", lambda x: x**1.7 + x**-0.3 + 1.5**x + x**x, 0.1, 4)
show("atan2", lambda x: torch.atan2(x, x.flip(0)) + torch.hypot(x, x.flip(0)), -3, 3)
show("logaddexp", lambda x: torch.logaddexp(x, x.flip(0)), -3, 3)
for length in 3, 7, 29:
    show(f"softmax of {length}", lambda x: F.softmax(x.view(-1, length), 1), -3, 3, 232 // length * length)
    show(f"log_softmax of {length}", lambda x: F.log_softmax(x.view(length, -1), 0), -3, 3, 232 // length * length)
show("cross_entropy", lambda x: F.cross_entropy(x.view(29, 8), torch.arange(29) % 8, reduction="none"), -3, 3)
show("layer_norm", lambda x: F.layer_norm(x.view(8, 29), (29,)), -3, 3)
print([torch.tensor(v, dtype=torch.float64).exp().item() for v in (0.1, 1.0, 2.5, -3.7)], torch.tensor([710.0, -1000, float("nan")]).double().exp().tolist())
