# What custom functions get wrong: too few gradients, wrong shapes, wrong types, no forward, instances.
import torch


class Product(torch.autograd.Function):
    @staticmethod
    def forward(ctx, a, b):
        return a * b

    @staticmethod
    def backward(ctx, g):
        return Product.answer(g)


x = torch.tensor([1.0, 2.0], requires_grad=True)
answers = [lambda g: g, lambda g: (g[:1].expand(3), None), lambda g: (5, None), lambda g: (g, g, g), lambda g: (None, g, None)]
for answer in answers:
    Product.answer = answer
    try:
        Product.apply(x, x).sum().backward()
        print(x.grad)
    except RuntimeError as error:
        print(error)


class Empty(torch.autograd.Function):
    pass


for attempt in (lambda: Empty.apply(x), lambda: Product()(x, x)):
    try:
        attempt()
    except Exception as error:
        print(type(error).__name__, error)
