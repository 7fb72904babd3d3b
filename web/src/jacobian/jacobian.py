# The Jacobian d RESULT / d LEAF, row by row: one backward walk for each element of the result. The page writes above this text driver.py and last_pass.py.
import torch

MOST_ROWS = 24
MOST_COLUMNS = 24


def steps():
    moment = yield
    found = find(moment[0], moment[1])
    if not found:
        answer({"missing": missing(moment[0])})
        return
    result, leaf = found
    seeds = moment[2]
    if not (result.requires_grad and leaf.requires_grad):
        answer({"missing": []})
        return
    rows = []
    for i in range(min(result.numel(), MOST_ROWS)):
        weights = torch.zeros(result.numel(), dtype=result.dtype)
        weights[i] = 1
        row = torch.autograd.grad(result, leaf, grad_outputs=weights.reshape(result.shape), retain_graph=True, allow_unused=True)[0]
        rows.append([0.0] * min(leaf.numel(), MOST_COLUMNS) if row is None else row.flatten()[:MOST_COLUMNS].tolist())
    given = seeds is not None and bool(moment[1]) and result is moment[1][0] and seeds[0] is not None
    answer({
        "result": list(result.shape),
        "leaf": list(leaf.shape),
        "rows": rows,
        "weights": seeds[0].flatten()[:MOST_ROWS].tolist() if given else None,
        "isRoot": bool(moment[1]) and result is moment[1][0],
    })


plan = steps()
