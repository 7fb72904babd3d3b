# Questions of the check panel (Note [Inquiries] in engine/runtime/inquiry.h): a formula for d RESULT / d LEAF, what autograd says, and central
# differences; then the first two once more at other points, so that what is wrong with a formula can be told from what is wrong with a number.
# The page writes above this text driver.py, last_pass.py and FORMULA (or None).
import math
import torch

MOST_ELEMENTS = 16
POINTS = 5
KEPT = 3  # further points at which what requires no gradient (data, targets) stays as it is
STEP = 6e-6  # the cube root of float64's precision
MOST_MOVED = 64
if torch.zeros(1).dtype == torch.float32:
    STEP = 5e-3


def narrow(name):
    function = getattr(torch, name)
    return lambda x, *rest: function(x if isinstance(x, torch.Tensor) else torch.tensor(x, dtype=torch.float64), *rest)


helpers = {name: narrow(name) for name in ["exp", "log", "sqrt", "sin", "cos", "tan", "tanh", "sinh", "cosh", "atan", "sigmoid", "relu", "sign", "square", "mean", "sum", "diag", "outer", "dot", "ones_like", "zeros_like"]}
helpers["softmax"] = lambda x, dim=-1: torch.softmax(x, dim)
helpers["ln"] = helpers["log"]
helpers["pi"] = math.pi
helpers["e"] = math.e
helpers["torch"] = torch


def formula_value(names):
    scope = dict(helpers)
    scope.update(names)
    with torch.no_grad():
        value = evaluate(FORMULA, scope)
        if isinstance(value, (list, tuple)):
            value = torch.tensor(value)
        if isinstance(value, torch.Tensor):
            return value.detach().double()
        if isinstance(value, (int, float)):
            return torch.tensor(float(value), dtype=torch.float64)
    raise TypeError("gives a " + type(value).__name__ + ", not a number or a tensor")


def gradient(result, leaf, seed):
    grad = torch.autograd.grad(result, leaf, grad_outputs=seed.to(result.dtype), retain_graph=True, allow_unused=True)[0]
    return torch.zeros_like(leaf) if grad is None else grad.detach()


def fits(value, shape):
    """Can it stand for a gradient of that shape as it is, or repeated?"""
    a, b = list(value.shape), list(shape)
    while len(a) > len(b) and a[0] == 1:
        a.pop(0)
    return len(a) <= len(b) and all(m == n or m == 1 for m, n in zip(reversed(a), reversed(b)))


def numbers(names, count):
    """What a missing term or factor could be made of."""
    out = {}
    for name, value in names.items():
        if name[0] == "_" or len(out) > 24 or isinstance(value, bool):
            continue
        if isinstance(value, (int, float)):
            out[name] = [float(value)]
        elif isinstance(value, torch.Tensor) and value.is_floating_point() and value.numel() in (1, count):
            out[name] = value.detach().flatten().tolist()
    return out


def movable(names, leaf):
    """Tensors that no operator made, with the first use of each."""
    out = []
    for name, value in names.items():
        if name[0] == "_" or not isinstance(value, torch.Tensor) or not value.is_floating_point():
            continue
        if value is not leaf and (value.grad_fn is not None or value.numel() > MOST_MOVED):
            continue
        use = first_use(value)
        if use is not None and all(use != other for other, _, _ in out):
            out.append((use, value.detach().flatten().tolist()[:MOST_MOVED], None if value is leaf or value.requires_grad else name))
    return out


def random_numbers():
    state = 12345
    while True:
        state = (state * 16807) % 2147483647
        yield state / 2147483647


def steps():
    random = random_numbers()
    moment = yield
    names, roots, seeds = moment
    found = find(names, roots)
    if not found:
        answer({"missing": missing(names)})
        return
    result, leaf = found
    seed = seed_of(result, roots, seeds)
    shape = list(leaf.shape)
    said = {"result": list(result.shape), "shape": shape, "weighted": seeds is not None and bool(roots) and result is roots[0], "isLeaf": leaf.is_leaf}
    if not leaf.is_floating_point():
        answer({"failed": LEAF + " holds whole numbers: there is no derivative with respect to it."})
        return
    autograd = None
    if result.requires_grad and leaf.requires_grad:
        try:
            autograd = gradient(result, leaf, seed)
        except RuntimeError as error:
            said["why"] = str(error)
    else:
        said["why"] = (LEAF if result.requires_grad else RESULT or "the result") + " does not track gradients"
    said["autograd"] = autograd
    if FORMULA is not None:
        try:
            value = formula_value(names)
        except (Exception, SyntaxError) as error:
            answer({"wrong": type(error).__name__, "text": str(error)})
            return
        said["formula"] = value
        if not fits(value, shape):
            said["unfit"] = list(value.shape)
            if autograd is not None:
                if value.dim() == 2 and list(value.T.shape) == shape and torch.allclose(value.T, autograd.double(), rtol=1e-4, atol=1e-7):
                    said["hint"] = "transposed"
                else:
                    for dim in range(value.dim()):
                        part = value.sum(dim)
                        if list(part.shape) == shape and torch.allclose(part, autograd.double(), rtol=1e-4, atol=1e-7):
                            said["hint"] = "sum"
                            said["dim"] = dim
            answer(said)
            return
        said["formula"] = value.expand(shape) if list(value.shape) != shape and value.dim() <= len(shape) else value.reshape(shape)
        said["names"] = numbers(names, leaf.numel())
    answer(said)

    use = first_use(leaf)
    before = leaf.detach().flatten().tolist()
    others = movable(names, leaf)
    del result, leaf, names, roots, seeds, found, autograd, moment

    differences = []
    for i in range(min(len(before), MOST_ELEMENTS) if use is not None else 0):
        step = STEP * max(1.0, abs(before[i]))
        ends = []
        for side in (1, -1):
            moment = yield [(use, i, before[i] + side * step)]
            found = moment and find(moment[0], moment[1])
            if found and found[0].shape == seed.shape:
                ends.append(weigh(found[0], seed))
        differences.append((ends[0] - ends[1]) / (2 * step) if len(ends) == 2 else None)
    answer({"differences": differences if use is not None else None})
    if FORMULA is None:
        return

    constants = [name for _, _, name in others if name is not None]
    for point in range(POINTS + KEPT if constants else POINTS):
        is_kept = point >= POINTS
        moves = []
        for its_use, values, name in others:
            if is_kept and name is not None:
                continue
            for i in range(len(values)):
                moves.append((its_use, i, values[i] * (1 + 0.3 * next(random)) + 0.4 * (next(random) - 0.5)))
        moment = yield moves
        found = moment and find(moment[0], moment[1])
        if not found or not (found[0].requires_grad and found[1].requires_grad):
            continue
        try:
            there = gradient(found[0], found[1], seed_of(found[0], moment[1], moment[2]))
            value = formula_value(moment[0])
            if value.numel() != there.numel():
                value = value.expand(shape)
            answer({"point": {"formula": value.flatten().tolist(), "autograd": there.flatten().tolist(), "names": numbers(moment[0], there.numel()), "kept": constants if is_kept else None}})
        except (Exception, SyntaxError):
            continue
        found = moment = None


plan = steps()
