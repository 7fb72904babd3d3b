# Activations of torch.nn.functional, and what they do in place.
import torch
import torch.nn.functional as F

x = torch.tensor([-4.0, -0.3, 0.2, 5.0], requires_grad=True)
for f in [F.leaky_relu, F.elu, F.selu, F.celu, F.silu, F.mish, F.hardtanh, F.hardswish, F.hardsigmoid, F.relu6]:
    y = x * 1
    z = f(y, inplace=True)
    (grad,) = torch.autograd.grad(z.sum(), x)
    print(f.__name__, z.detach(), z is y, z.grad_fn.name(), grad)
for f in [F.hardshrink, F.softshrink, F.tanhshrink, F.softsign, F.gelu, F.rrelu]:
    print(f(x))
print(F.gelu(x, approximate="tanh"), F.threshold(x, 0.1, 9.0), F.softmin(x, 0))
print(F.prelu(x, torch.tensor([0.25])), F.glu(x))
for wrong in [lambda: F.glu(x[:3]), lambda: F.prelu(x.reshape(2, 2), torch.ones(3)), lambda: F.celu(x, 0.0)]:
    try:
        wrong()
    except RuntimeError as e:
        print(e)
