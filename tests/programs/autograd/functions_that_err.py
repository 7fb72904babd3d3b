# A Function of one's own: its node is its ctx, and mistakes are told in PyTorch's words.
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)


def function(forward, backward, **more):
    return type("Fn", (torch.autograd.Function,), {"forward": staticmethod(forward), "backward": staticmethod(backward), **more})


def save(ctx, a):
    ctx.save_for_backward(a)
    ctx.k = 3
    return a * ctx.k


y = function(save, lambda ctx, g: g * ctx.k).apply(x)
print(y.grad_fn.saved_tensors, y.grad_fn.k, y.grad_fn.needs_input_grad, type(y.grad_fn).__module__)


def dirty(ctx, a):
    ctx.mark_dirty(a)
    return a * 1


double = function(lambda ctx, a: a * 2, lambda ctx, g: torch.ones(2, dtype=torch.float64))
double.apply(x).sum().backward()
print(x.grad)
mixed = function(lambda ctx, a: (a * 2, 5, "s"), lambda ctx, *g: print(g))
mixed.apply(x)[0].sum().backward()
show = function(lambda ctx, a: a.view(1, 2), lambda ctx, g: g.view(2))
for call in [lambda: function(dirty, None).apply(x * 1), lambda: show.apply(x).add_(1), lambda: show.apply(a=x),
             lambda: function(lambda ctx, a: a, lambda ctx, g: g, vjp=staticmethod(lambda ctx, g: g)).apply(x).sum().backward()]:
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
