# Questions of the check panel (Note [Inquiries] in engine/runtime/inquiry.h): a formula for d RESULT / d LEAF, what autograd says, and central
# differences; then the first two once more at other points, so that what is wrong with a formula can be told from what is wrong with a number.
# The page writes above this text driver.py, last_pass.py, FORMULA (or None) and VARIANTS, formulas that differ from it in one place: which of
# them are right is answered too, where FORMULA is not.
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
helpers["log_softmax"] = lambda x, dim=-1: torch.log_softmax(x, dim)
helpers["one_hot"] = torch.nn.functional.one_hot
helpers["norm"] = torch.norm
helpers["pi"] = math.pi
helpers["e"] = math.e
helpers["torch"] = torch


reading = "elements"  # how a product without a sign is read


def readings_of(text):
    if text is None or "*_by*" not in text:
        return ["elements"]
    return ["elements", "matrices", "outer"] if ".T" in text else ["elements", "matrices"]


class By:
    """Stands in `A *_by* x`, which a book writes as A x."""

    def __init__(self, left=None):
        self.left = left

    def __rmul__(self, left):
        return By(left)

    def __mul__(self, right):
        left = self.left
        if reading == "elements" or not (isinstance(left, torch.Tensor) and isinstance(right, torch.Tensor)):
            return left * right
        sizes = (left.dim(), right.dim())
        if min(sizes) == 0:
            return left * right
        if left.dtype != right.dtype:
            left, right = left.double(), right.double()
        if sizes == (1, 1):
            return torch.outer(left, right) if reading == "outer" else left * right
        return left @ right if left.shape[-1] == right.shape[max(0, right.dim() - 2)] else left * right


helpers["_by"] = By()


def formula_value(names, text=FORMULA):
    scope = dict(helpers)
    scope.update(names)
    with torch.no_grad():
        value = evaluate(text, scope)
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


def fitted(value, shape):
    return value.expand(shape) if list(value.shape) != shape and value.dim() <= len(shape) else value.reshape(shape)


RTOL = 1e-6 if STEP < 1e-3 else 1e-3


def agrees(value, truth):
    return fits(value, truth.shape) and torch.allclose(fitted(value, list(truth.shape)), truth.double(), rtol=RTOL, atol=RTOL * 1e-3)


def read(names, autograd, shape):
    """The formula's value and how it was read: as it agrees with autograd, else as it has the right shape, else as it stands."""
    global reading
    found = []
    mistake = None
    for one in readings_of(FORMULA):
        reading = one
        try:
            value = formula_value(names)
        except (Exception, SyntaxError) as error:
            mistake = mistake or error
            continue
        rank = 3 if autograd is not None and agrees(value, autograd) else 2 if list(value.shape) == shape else 1 if fits(value, shape) else 0
        found.append((rank, one, value))
    if not found:
        reading = "elements"
        return None, mistake
    best = found[0]
    for one in found:
        if one[0] > best[0]:
            best = one
    reading = best[1]
    return best[2], None


def variant_agrees(text, names, truth):
    global reading
    before = reading
    try:
        for reading in readings_of(text):
            try:
                if agrees(formula_value(names, text), truth):
                    return True
            except (Exception, SyntaxError):
                continue
        return False
    finally:
        reading = before


def hint(value, shape):
    """What would give it the right shape."""
    if value.dim() == 2 and list(value.T.shape) == shape:
        return "turned"
    if not shape or any(list(value.sum(dim).shape) == shape for dim in range(value.dim())):
        return "reduce"


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
    alive = []  # variants that are right at every point so far
    is_whole = True
    if FORMULA is not None:
        value, mistake = read(names, autograd, shape)
        if autograd is not None and (value is None or not agrees(value, autograd)):
            alive = [i for i, text in enumerate(VARIANTS) if variant_agrees(text, names, autograd)]
        if value is None:
            said.update({"wrong": type(mistake).__name__, "text": str(mistake)})
            is_whole = False
        elif not fits(value, shape):
            said["unfit"] = list(value.shape)
            is_whole = False
            said["hint"] = hint(value, shape)
        else:
            said["formula"] = fitted(value, shape)
            said["names"] = numbers(names, leaf.numel())
            said["reading"] = reading
    if not is_whole and not alive:
        answer(said)
        return
    answer(said)

    use = first_use(leaf)
    before = leaf.detach().flatten().tolist()
    others = movable(names, leaf)
    del result, leaf, names, roots, seeds, found, autograd, moment

    differences = []
    for i in range(min(len(before), MOST_ELEMENTS) if use is not None and is_whole else 0):
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
    alive_kept = alive[:]
    seen = seen_kept = 0

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
        except RuntimeError:
            continue
        if is_kept:
            seen_kept += 1
            alive_kept = [i for i in alive_kept if variant_agrees(VARIANTS[i], moment[0], there)]
        else:
            seen += 1
            alive = [i for i in alive if variant_agrees(VARIANTS[i], moment[0], there)]
        try:
            if is_whole:
                value = formula_value(moment[0])
                if value.numel() != there.numel():
                    value = value.expand(shape)
                answer({"point": {"formula": value.flatten().tolist(), "autograd": there.flatten().tolist(), "names": numbers(moment[0], there.numel()), "kept": constants if is_kept else None}})
        except (Exception, SyntaxError):
            pass
        found = moment = None
    if seen > 1 and alive:
        answer({"variants": alive})
    elif seen_kept > 1 and alive_kept:
        answer({"variants": alive_kept})


plan = steps()
