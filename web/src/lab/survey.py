# What there is to move and to look at: the losses (the roots of backward passes, by name), the leaves that the first pass of LOSS (a name, or None for
# the first) depends on, and the way that the program itself took. Ends after MOST_PASSES passes of that loss.
import torch

MOST_PASSES = 5000
MOST_KEPT = 400
MOST_ELEMENTS = 64

losses = {}
loss = LOSS
path = []
stride = 1
passes = 0


def name_of(root, names):
    return next((name for name, value in names.items() if value is root and name[0] != "_"), "")


def theta_of(found):
    out = {}
    for name, leaf in found.items():
        out[name] = leaf.detach().flatten()[:MOST_ELEMENTS].tolist()
    return out


def before_pass(number, roots, seeds, names):
    global loss, stride, passes
    name = name_of(roots[0], names)
    if loss is None:
        loss = name
    if name not in losses:
        losses[name] = number
        if name == loss:
            found = {key: leaf for key, leaf in leaves_of(names).items() if first_use(leaf) is not None}
            start = []
            for key, leaf in found.items():
                start.append({"name": key, "shape": list(leaf.shape), "use": first_use(leaf), "values": leaf.detach().flatten().tolist()})
            answer({"loss": name, "pass": number, "leaves": start, "value": weigh(roots[0], seed_of(roots[0], roots, seeds)), "optimizers": optimizers()})
    if name != loss:
        return
    if passes % stride == 0:
        known = leaves_of(names)
        path.append([passes, weigh(roots[0], seed_of(roots[0], roots, seeds)), theta_of(known)])
        if len(path) > MOST_KEPT:
            path[:] = path[::2]
            stride *= 2
    passes += 1
    if passes >= MOST_PASSES:
        end(True)


def end(cut):
    answer({"path": path, "losses": list(losses), "cut": cut, "passes": passes})
    finish()


def at_end(names):
    end(False)


def at_error(text, names):
    if losses:
        end(True)
    else:
        answer({"failed": text})
        finish()


def optimizers():
    skipped = ("Optimizer", "LBFGS", "SparseAdam", "Rprop")
    return [name for name in dir(torch.optim) if name[0].isupper() and name not in skipped and isinstance(getattr(torch.optim, name), type)]
