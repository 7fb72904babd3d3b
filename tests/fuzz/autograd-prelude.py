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


class Dirty(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.mark_dirty(x)
        y = x.exp_()
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx, g):
        return g * ctx.saved_tensors[0]


class Dirties(torch.autograd.Function):
    """Changes its second argument, which is its second output."""
    @staticmethod
    def forward(ctx, x, y):
        y.mul_(2)
        ctx.mark_dirty(y)
        return x * 3, y

    @staticmethod
    def backward(ctx, g, h):
        return g * 3, h * 2


class Same(torch.autograd.Function):
    """Gives back what it was given."""
    @staticmethod
    def forward(ctx, x):
        return x

    @staticmethod
    def backward(ctx, g):
        return g * 2


class Sames(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, y):
        return x, y * 2

    @staticmethod
    def backward(ctx, g, h):
        return g, h * 2


class Row(torch.autograd.Function):
    """A view made in a Function."""
    @staticmethod
    def forward(ctx, x):
        ctx.shape = x.shape
        return x.view(-1)

    @staticmethod
    def backward(ctx, g):
        return g.reshape(ctx.shape)


class Rows(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.shape = x.shape
        return x.view(-1), x.view(-1)[:1], 'text'

    @staticmethod
    def backward(ctx, g, h, nothing):
        return g.reshape(ctx.shape)


class Raw(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.set_materialize_grads(False)
        return x * 1, x * 2

    @staticmethod
    def backward(ctx, g, h):
        return g if h is None else h * 2 if g is None else g + h * 2


class Silent(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        y = x * 2
        ctx.mark_non_differentiable(y)
        return y

    @staticmethod
    def backward(ctx, g):
        return g


class Given(torch.autograd.Function):
    """Takes a number between its tensors, and tells what is asked for."""
    @staticmethod
    def forward(ctx, x, n, y):
        ctx.save_for_backward(x, None, y)
        ctx.n = n
        return x * n

    @staticmethod
    def backward(ctx, g):
        x, nothing, y = ctx.saved_tensors
        return g * ctx.n if ctx.needs_input_grad[0] else None, None, torch.zeros_like(y) if ctx.needs_input_grad[2] else None


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


def turned(x, tangent):
    """A view of a dual tensor, and what changes in it change."""
    with forward_ad.dual_level():
        dual = forward_ad.make_dual(x * 1, tangent)
        row = dual.view(-1)
        row.mul_(2)
        return forward_ad.unpack_dual(dual), forward_ad.unpack_dual(row.sin())


def changed_dual(x, y):
    with forward_ad.dual_level():
        out = x * 1
        out.add_(forward_ad.make_dual(y, torch.ones_like(y)))
        return forward_ad.unpack_dual(out), out


def seen_dual(x):
    with forward_ad.dual_level():
        dual = forward_ad.make_dual(x, x)
        return dual, dual * 2, dual.detach(), dual.exp().sum()


def kept(node):
    """What a node shows of what it has saved."""
    return [(name, getattr(node, name)) for name in dir(node) if name.startswith('_saved')]


def leaves(node):
    """The shapes of the leaves behind a node, once for each way that leads there."""
    if node is None:
        return []
    if node.name() == 'torch::autograd::AccumulateGrad':
        return [tuple(node.variable.shape)]
    return [leaf for to, _ in node.next_functions for leaf in leaves(to)]


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
             "untracked": untracked, "wave": wave, "along": along, "pack": pack, "unpack": unpack, "Dirty": Dirty, "Dirties": Dirties, "Same": Same, "Sames": Sames, "Row": Row,
             "Rows": Rows, "Raw": Raw, "Silent": Silent, "Given": Given, "turned": turned, "changed_dual": changed_dual, "seen_dual": seen_dual, "kept": kept, "leaves": leaves}
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


