# What a custom function saved and the program changed is told with the node that made it.
import torch

class Sine(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        y = x.sin()
        ctx.save_for_backward(x, y)
        return y

    @staticmethod
    def backward(ctx, g):
        x, y = ctx.saved_tensors
        return x.cos() * g

a = torch.ones(3, requires_grad=True)
for change in 'input', 'output':
    b = a * 1
    c = Sine.apply(b)
    (b if change == 'input' else c).mul_(2)
    try:
        c.sum().backward()
    except RuntimeError as error:
        print(error)
