# An operator of one's own: forward, backward, its node, and its second derivative.
import torch


class Cube(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, scale):
        ctx.save_for_backward(x)
        ctx.scale = scale
        print("needs", ctx.needs_input_grad)
        return scale * x**3

    @staticmethod
    def backward(ctx, grad_output):
        (x,) = ctx.saved_tensors
        return grad_output * ctx.scale * 3 * x**2, None


x = torch.tensor([1.0, 2.0], requires_grad=True)
y = Cube.apply(x, 0.5)
print(y, y.grad_fn.name(), y.grad_fn.next_functions[0][0].name())
y.sum().backward()
print(x.grad)
(g,) = torch.autograd.grad(Cube.apply(x, 2).sum(), x, create_graph=True)
print(g, torch.autograd.grad(g.sum(), x))
print(Cube.apply(torch.ones(1), 1.0).requires_grad)
print(torch.autograd.gradcheck(lambda x: Cube.apply(x, 2.0), torch.randn(3, dtype=torch.float64, requires_grad=True)))
