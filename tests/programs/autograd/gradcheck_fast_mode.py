# In fast mode gradcheck compares products with random directions, and tells the whole Jacobians where they differ.
import torch
from torch.autograd import Function, gradcheck


class Wrong(Function):
    @staticmethod
    def forward(ctx, x):
        return x * 2

    @staticmethod
    def backward(ctx, g):
        return g * 3


class NotMultiplied(Function):
    @staticmethod
    def forward(ctx, x):
        ctx.set_materialize_grads(False)
        return x * 2

    @staticmethod
    def backward(ctx, g):
        return torch.ones(2, dtype=torch.float64) if g is None else g * 2


x = torch.tensor([0.5, 1.5], dtype=torch.float64, requires_grad=True)
for function in (Wrong, NotMultiplied):
    print(gradcheck(function.apply, x, fast_mode=True, raise_exception=False))
    try:
        gradcheck(function.apply, x, fast_mode=True)
    except RuntimeError as error:
        print(error)
print(gradcheck(NotMultiplied.apply, x, check_undefined_grad=False))
