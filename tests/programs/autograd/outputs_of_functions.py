# What a Function gives back: inputs as they are, inputs that it changed, views, and what needs no gradient.
import torch


class Outputs(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, y, dirty):
        if dirty:
            y.mul_(2)
            ctx.mark_dirty(y)
        return x.view(-1), y

    @staticmethod
    def backward(ctx, g, h):
        return g.view(2, 2) * 3, h * 2, None


class Row(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x.view(-1)

    @staticmethod
    def backward(ctx, g):
        return g.view(2, 2) * 5


x, y = torch.ones(2, 2, requires_grad=True), torch.ones(2) * 1
print(Outputs.apply(x, y, True)[1] is y, y, y.output_nr, y._version)
same = Outputs.apply(x, y, False)[1]
print(same is y, same._base is y, same.output_nr)
with torch.no_grad():
    print(Outputs.apply(x * 1, y, False)[1].requires_grad)
constant = torch.ones(2)
print(Outputs.apply(torch.ones(2, 2), constant, False)[1] is constant)
for change in (lambda: Row.apply(x * 1).mul_(2), lambda: Outputs.apply(x * 1, y, False)[0].mul_(2), lambda: Outputs.apply(x, (y * 1)[:1], True)):
    try:
        change()
    except RuntimeError as error:
        print(error)
