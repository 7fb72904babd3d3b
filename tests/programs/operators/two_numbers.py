# Functions of two or three numbers, their gradients and the names of their nodes.
import torch

x = torch.tensor([1.0, -2.0, 0.0], requires_grad=True)
y = torch.tensor([0.5, 4.0, float("nan")], requires_grad=True)
print(torch.logaddexp(x, x), torch.hypot(x, y), torch.copysign(x, -1))
print(torch.fmax(x, y), torch.fmin(x, y), torch.maximum(x, y))
print(torch.lerp(x, y, 0.25), torch.lerp(x, y, x))
print(torch.addcmul(x, x, y, value=2), torch.addcdiv(x, y, x))
torch.fmax(x, y).sum().backward()
print(x.grad, y.grad)
print(torch.heaviside(x.detach(), torch.tensor([0.5])), torch.nan_to_num(y, nan=7.0))
print(torch.gcd(torch.tensor([12, -8]), torch.tensor(18)), torch.lcm(torch.tensor([4]), torch.tensor([6])))
print(torch.float_power(torch.tensor([2, 3]), 2), torch.ldexp(torch.tensor([1.0, 3.0]), torch.tensor([2, -1])))
print(torch.rad2deg(torch.tensor([torch.pi])), torch.deg2rad(torch.tensor([180.0])), torch.signbit(torch.tensor([-0.0, 1.0])))
z = torch.ones(3)
z.lerp_(torch.zeros(3), 0.3).addcmul_(z, z, value=0.5)
print(z)
for wrong in [lambda: torch.lerp(x, y.double(), 0.5), lambda: torch.gcd(x, y), lambda: torch.addcdiv(z, torch.tensor([1]), torch.tensor([2]))]:
    try:
        wrong()
    except RuntimeError as e:
        print(e)
