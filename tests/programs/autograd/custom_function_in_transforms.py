# differs from PyTorch: setup_context and Functions inside of transforms came with 2.0.
import torch
from torch.func import grad, jacrev, vmap


class Cube(torch.autograd.Function):
    generate_vmap_rule = True

    @staticmethod
    def forward(x, power=3):
        return x**power

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(inputs[0])
        ctx.power = inputs[1]

    @staticmethod
    def backward(ctx, g):
        (x,) = ctx.saved_tensors
        return g * ctx.power * x ** (ctx.power - 1), None


class Plain(Cube):
    generate_vmap_rule = False


class Old(torch.autograd.Function):
    forward = staticmethod(lambda ctx, x: x * 2)
    backward = staticmethod(lambda ctx, g: g * 2)


x = torch.tensor([1.0, 2.0], requires_grad=True)
Cube.apply(x).sum().backward()
print(x.grad, Cube.apply(x, 2), Old.apply(x))
x = x.detach()
print(grad(lambda a: Cube.apply(a).sum())(x), vmap(grad(Cube.apply))(x), jacrev(Plain.apply)(x))
for call in [lambda: vmap(Plain.apply)(x), lambda: grad(lambda a: Old.apply(a).sum())(x), lambda: vmap(Old.apply)(x)]:
    try:
        print(call())
    except RuntimeError as error:
        print(error)
