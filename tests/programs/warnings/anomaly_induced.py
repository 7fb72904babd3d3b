# In anomaly mode a mistake in a second derivative is traced to the line that asked for it, and to the operator that it comes from.
import warnings

import torch


class Square(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x * x

    @staticmethod
    def backward(ctx, g):
        return Slope.apply(ctx.saved_tensors[0] * g)


class Slope(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x * 2

    @staticmethod
    def backward(ctx, g):
        return g * float("nan")


torch.set_anomaly_enabled(True)
x = torch.tensor([0.5], requires_grad=True)
y = Square.apply(x).sum()
(slope,) = torch.autograd.grad(y, x, create_graph=True)
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    try:
        slope.backward()
    except RuntimeError as error:
        print(error)
for warning in caught:
    what, _, where = str(warning.message).partition(" (Triggered")[0].strip().partition(" Traceback")
    print(what, [line.split("\n")[1].strip() for line in where.split("  File ") if "anomaly_induced" in line])
