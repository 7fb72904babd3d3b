# A node that gets no gradient reads what it saved all the same: freed or changed values raise.
import torch


class Stop(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x.clone()

    @staticmethod
    def backward(ctx, g):
        return None


def twice(f):
    y = Stop.apply(f(torch.tensor([1.0, 2.0], requires_grad=True) + 0)).sum()
    y.backward()
    try:
        y.backward()
        return "went"
    except RuntimeError as error:
        return str(error)[:50]


print(twice(lambda x: x + 1), twice(lambda x: x * 2), twice(lambda x: x.exp()), twice(lambda x: x.sum()), twice(lambda x: x[torch.tensor([0])]), twice(lambda x: x[:1]), twice(lambda x: torch.lerp(x, x, 0.5)), sep="\n")
x = torch.ones(2, requires_grad=True)
a = x * 1
y = a * a
a += 1
index = torch.tensor([1, 0])
z = (x * 1)[index]
index += 1
same = x * 2
same *= same
for out in Stop.apply(y), z, same:
    try:
        out.sum().backward()
    except RuntimeError as error:
        print(str(error).split("; ")[0])
