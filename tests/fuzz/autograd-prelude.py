# What a program of the autograd fuzzer stands on, run unchanged by PyTorch and by nabla: `program(seed, text)` runs its statements one
# by one, goes on after one that fails, and prints in one line what they printed, how they failed, and what became of every tensor.
import warnings

import torch
from torch.autograd import forward_ad

warnings.simplefilter("ignore")


def graph(node, depth=4):
    """The nodes behind one, by name."""
    if node is None:
        return "-"
    behind = [graph(to, depth - 1) for to, _ in node.next_functions] if depth else ["..."]
    return node.name() + ("(" + " ".join(behind) + ")" if behind else "")


def state(x):
    text = f"{str(x)} leaf={x.is_leaf} requires={x.requires_grad} version={'none' if x.is_inference() else x._version} strides={x.stride()} {graph(x.grad_fn)}"
    return text + (f" grad={str(x.grad)}" if x.is_leaf or x.retains_grad else "")


class Cube(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x ** 3

    @staticmethod
    def backward(ctx, g):
        x, = ctx.saved_tensors
        return g * 3 * x * x


class Scale(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        ctx.mark_dirty(x)
        return x.mul_(2)

    @staticmethod
    def backward(ctx, g):
        return g * 2, None


class Both(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, y):
        product = x * y
        ctx.save_for_backward(x, y, product)
        sign = torch.sign(x)
        ctx.mark_non_differentiable(sign)
        return product, sign

    @staticmethod
    def backward(ctx, g, h):
        x, y, product = ctx.saved_tensors
        return (g * y).expand_as(x) if ctx.needs_input_grad[0] else None, (g * x).sum_to_size(y.shape) if ctx.needs_input_grad[1] else None


class Sine(torch.autograd.Function):
    """Its backward is made of another function of its own: differentiable as often as one likes."""
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.sin()

    @staticmethod
    def backward(ctx, g):
        x, = ctx.saved_tensors
        return Cosine.apply(x) * g


class Cosine(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        y = x.cos()
        ctx.save_for_backward(x, y)
        return y

    @staticmethod
    def backward(ctx, g):
        return -Sine.apply(ctx.saved_tensors[0]) * g


class Once(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x * 2

    @staticmethod
    @torch.autograd.function.once_differentiable
    def backward(ctx, g):
        return g * 2


def half_tracked(x):
    with torch.set_grad_enabled(False):
        kept = x * x
    with torch.enable_grad():
        return kept + x * 2


@torch.no_grad()
def untracked(x):
    return x * 3


def wave(x):
    return (x * x).sin()


def along(x, *places):
    """Forward mode: the function's value and its slope in the direction of ones."""
    with forward_ad.dual_level():
        out = wave(forward_ad.make_dual(x, torch.ones_like(x)))
        return forward_ad.unpack_dual(out)


def program(seed, text):
    printed = []

    def note(*values):
        printed.append(" ".join([str(value) for value in values]))

    def pack(x):
        note("pack", tuple(x.shape))
        return x * 1

    def unpack(x):
        note("unpack", tuple(x.shape))
        return x

    names = {"torch": torch, "print": note, "graph": graph, "Cube": Cube, "Scale": Scale, "Both": Both, "Sine": Sine, "Once": Once, "half_tracked": half_tracked,
             "untracked": untracked, "wave": wave, "along": along, "pack": pack, "unpack": unpack}
    known = set(names)
    torch.manual_seed(int(seed))
    torch.set_grad_enabled(True)  # whatever the program before left
    for statement in text.split("\n\n"):
        try:
            exec(statement, names)
        except Exception as error:
            note(type(error).__name__ + ":", error)
    for name in sorted(names):
        if isinstance(names[name], torch.Tensor):
            try:
                note(name, state(names[name]))
            except Exception as error:  # of a view whose history is unclear
                note(name, type(error).__name__ + ":", error)
    print(repr("\n".join(printed)))


