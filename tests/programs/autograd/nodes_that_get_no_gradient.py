# A node behind one that gives no gradient still has its turn: hooks see None, a Function sees zeros.
import torch

x = torch.arange(4.0, requires_grad=True)
first, second = (x * 1).chunk(2)
first.register_hook(lambda g: print("first", g))
second.register_hook(lambda g: print("second", g))
first.sum().backward()


class Stop(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x * 2

    @staticmethod
    def backward(ctx, g):
        return None


class Show(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x * 2

    @staticmethod
    def backward(ctx, g):
        print("Show got", g)
        return g


x.grad = None
y = Show.apply(x)
y.grad_fn.register_hook(lambda gives, came: print("node", gives, came))
Stop.apply(y).sum().backward()
print(x.grad)
