# What a case of the fuzzer stands on, run unchanged by PyTorch and by nabla: makers of tensors whose elements follow from the
# case's seed alone, and `case(seed, call)`, which prints in one line what the call gave, its gradients and its second derivatives.
import warnings

import numpy as np
import torch
import torch.nn.functional as F

full = False  # every element, not digests
inf, nan = float("inf"), float("nan")


# --- makers: f(2, 3, "gt") is a float32 tensor of 2 by 3 that requires grad and lies transposed; see draw.mjs for the letters ------

state = 0
leaves = []


def draw():
    global state
    state = (state * 75 + 74) % 65537
    return state / 65537


def pick(values):
    return values[int(draw() * len(values))]


def a_float(flags):
    if "w" in flags:
        return pick([nan, inf, -inf, 0.0, -0.0, 1e10, -1e10, 1e-10, 1.0, -2.5])
    if "r" in flags:
        return pick([-2.0, -1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0])
    u = round(0.1 + 0.8 * draw(), 3)
    if "p" in flags:
        return u
    u = u if draw() < 0.5 else -u
    return 5 * u if "m" in flags else u


def an_int(flags, lowest, highest):
    if "w" in flags:
        return pick([lowest, highest, 0, 1, highest - 1])
    if "k" in flags:
        return int(2 * draw())
    return max(lowest, int(7 * draw()) - 3) if lowest < 0 else int(6 * draw())


def lay_out(values, sizes, dtype, flags):
    """A tensor of these elements: transposed, with gaps, expanded, or at an offset."""
    if "t" in flags:
        order = list(range(len(sizes)))[::-1]
        return torch.tensor(values, dtype=dtype).reshape(sizes[::-1]).permute(order)
    if "s" in flags and sizes:
        wide = torch.tensor([x for x in values for _ in range(2)], dtype=dtype)
        return wide.reshape(sizes[:-1] + [2 * sizes[-1]])[..., ::2]
    if "e" in flags and sizes:
        rest = 1
        for size in sizes[1:]:
            rest *= size
        return torch.tensor(values[:rest], dtype=dtype).reshape([1] + sizes[1:]).expand(sizes) if values else torch.zeros(sizes, dtype=dtype)
    if "o" in flags:
        return torch.tensor([values[-1] if values else 1] + values, dtype=dtype)[1:].reshape(sizes)
    return torch.tensor(values, dtype=dtype).reshape(sizes)


def maker(dtype, element):
    def make(*sizes):
        flags = ""
        if sizes and isinstance(sizes[-1], str):
            flags = sizes[-1]
            sizes = sizes[:-1]
        count = 1
        for size in sizes:
            count *= size
        x = lay_out([element(flags) for _ in range(count)], list(sizes), dtype, flags)
        if "g" in flags:
            x.requires_grad_()
            leaves.append(x)
        return x.clone() if "n" in flags else x
    return make


f, d = maker(torch.float32, a_float), maker(torch.float64, a_float)
l = maker(torch.int64, lambda flags: an_int(flags, -2**40, 2**40))
i = maker(torch.int32, lambda flags: an_int(flags, -2**31, 2**31 - 1))
h = maker(torch.int16, lambda flags: an_int(flags, -2**15, 2**15 - 1))
c = maker(torch.int8, lambda flags: an_int(flags, -2**7, 2**7 - 1))
u = maker(torch.uint8, lambda flags: an_int(flags, 0, 255))
b = maker(torch.bool, lambda flags: draw() < 0.5)


# --- statements as expressions ----------------------------------------------------------------------------------------------------

def iadd(x, y):
    x += y
    return x


def isub(x, y):
    x -= y
    return x


def imul(x, y):
    x *= y
    return x


def itruediv(x, y):
    x /= y
    return x


def ifloordiv(x, y):
    x //= y
    return x


def imod(x, y):
    x %= y
    return x


def ipow(x, y):
    x **= y
    return x


def iand(x, y):
    x &= y
    return x


def ior(x, y):
    x |= y
    return x


def ixor(x, y):
    x ^= y
    return x


def ilshift(x, y):
    x <<= y
    return x


def irshift(x, y):
    x >>= y
    return x


def put(x, at, value):
    x[at] = value
    return x


def shape_only(x):
    return x.shape, x.dtype, x.stride()


# --- out= --------------------------------------------------------------------------------------------------------------------------

def room(x, kind):
    """Where a result that looks like x may go."""
    if not isinstance(x, torch.Tensor):
        return x
    sizes = list(x.shape)
    if kind == "empty":
        return torch.empty(0, dtype=x.dtype)
    if kind == "longer":
        return torch.full([2] + sizes, 7).to(x.dtype)
    if kind == "double" or kind == "whole":
        return torch.full(sizes, 7, dtype=torch.float64 if kind == "double" else torch.int64)
    if kind == "turned":
        return torch.full(sizes[::-1], 7).to(x.dtype).permute(list(range(len(sizes)))[::-1])
    if kind == "gaps":
        return torch.full(sizes + [2], 7).to(x.dtype)[..., 0]
    out = torch.full(sizes, 7).to(x.dtype)
    return out.requires_grad_() if kind == "tracked" and x.is_floating_point() else out


def stored(kind, call):
    """What a call with out= says and gives, and whether that is the tensor that was handed in."""
    before = state
    like = call(None)
    globals()["state"] = before
    out = room(like, kind) if isinstance(like, torch.Tensor) else tuple([room(x, kind) for x in like])
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        result = call(out)
    same = all([x is y for x, y in zip(tensors_in(result), tensors_in(out))])
    return same, [str(one.message)[:80] for one in said], result


# --- what a call gave, in one line -------------------------------------------------------------------------------------------------

letters = {torch.float32: "f", torch.float64: "d", torch.int64: "l", torch.int32: "i", torch.int16: "h", torch.int8: "c",
           torch.uint8: "u", torch.bool: "b"}


def weight(k):
    return 0.3 + 0.618 * k % 1


def number(x, dtype):
    if isinstance(x, float):
        return ("%.7g" if dtype == torch.float32 else "%.10g") % x
    return str(int(x))


def digest(values, dtype):
    """Few elements as they are; many as a weighted sum, the sum of their sizes, and a count of what is not finite."""
    if full or len(values) <= 4:
        return " ".join([number(x, dtype) for x in values])
    total, size, odd = 0.0, 0.0, 0
    for k, x in enumerate(values):
        if x != x:
            odd += k + 1
        elif x in (inf, -inf):
            odd += (2 if x > 0 else 3) * (k + 1)
        else:
            total += weight(k) * x
            size += abs(float(x))
    return "~" + number(total, dtype) + " " + number(size, dtype) + (" !" + str(odd) if odd else "")


def show(x):
    if isinstance(x, torch.Tensor):
        text = letters[x.dtype] + str(list(x.shape)).replace(" ", "")
        if not x.is_contiguous():
            text += "/" + str(list(x.stride())).replace(" ", "")
        if x.requires_grad:
            text += ":" + (x.grad_fn.name() if x.grad_fn else "leaf")
        return text + " " + digest(x.detach().reshape(-1).tolist(), x.dtype)
    if isinstance(x, (tuple, list)) and not isinstance(x, torch.Size):
        return type(x).__name__ + "(" + ", ".join([show(item) for item in x]) + ")"
    if isinstance(x, float):
        return "float " + number(x, torch.float64)
    return repr(x).replace("\n", "\\n")


def tensors_in(x):
    if isinstance(x, torch.Tensor):
        return [x]
    if isinstance(x, (tuple, list)):
        return [tensor for item in x for tensor in tensors_in(item)]
    return []


def weighted(tensors):
    total = None
    for x in tensors:
        if x is None or not x.requires_grad:
            continue
        part = (x * torch.tensor([weight(k) for k in range(x.numel())], dtype=x.dtype).reshape(x.shape)).sum()
        total = part if total is None else total + part
    return total


def show_gradient(x):
    return "None" if x is None else digest((x.detach() + 0).reshape(-1).tolist(), x.dtype)  # + 0: PyTorch's zeros may have no memory


def is_zero(x):
    return x is None or (x.abs() <= (1e-6 if x.dtype == torch.float32 else 1e-14)).all().item()


def derivatives(tensors):
    total = weighted(tensors)
    if total is None:
        return ""
    first = torch.autograd.grad(total, leaves, create_graph=True, allow_unused=True)
    for x, g in zip(leaves, first):
        if g is not None and (g.shape != x.shape or g.dtype != x.dtype):
            return " | gradient " + show(g) + " for " + show(x)
    text = " | " + ", ".join([show_gradient(g) for g in first])
    total = weighted(first)
    if total is None or "nan" in text or "!" in text:
        return text
    try:
        second = torch.autograd.grad(total, leaves, allow_unused=True)
    except Exception as error:
        return text + " | " + told(error)
    if all([is_zero(g) for g in second]):
        return text  # as if it did not depend on them: which graphs PyTorch makes for zeros is its own affair
    return text + " | " + ", ".join(["0" if is_zero(g) else show_gradient(g) for g in second])


def told(error):
    return type(error).__name__ + ": " + str(error).replace("\n", "\\n")


def case(seed, call):
    global state
    state = seed
    leaves.clear()
    torch.manual_seed(seed)
    try:
        out = call()
        text = show(out)
    except Exception as error:
        print(told(error))
        return
    try:
        text += derivatives(tensors_in(out))
    except Exception as error:
        text += " | " + told(error)
    print(text)


def printed(seed, call, **options):
    global state
    state = seed
    torch.set_printoptions(profile="default")
    torch.set_printoptions(**options)
    try:
        print(repr(call()).replace("\n", "\\n"))
    except Exception as error:
        print(told(error))
