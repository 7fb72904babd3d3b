# The loss on a grid over one or two elements, coarse first: PASS, START (moves), X and Y (a use and an element; Y None for a curve), XS and YS
# (their values), LEVELS (strides over the grid, each half of the one before).
import torch

BATCH = 24


def points():
    before = None
    for stride in LEVELS:
        for j in range(0, len(YS), stride):
            for i in range(0, len(XS), stride):
                if before is None or i % before or j % before:
                    yield i, j
        before = stride
        yield None


def steps():
    yield
    batch = []
    for point in points():
        if point is None:
            answer({"values": batch, "level": True})
            batch = []
            continue
        i, j = point
        moves = START + [(X[0], X[1], XS[i])]
        if Y is not None:
            moves.append((Y[0], Y[1], YS[j]))
        moment = yield moves
        value = weigh(moment[1][0], seed_of(moment[1][0], moment[1], moment[2])) if moment else None
        moment = None
        batch.append([i, j, value])
        if len(batch) == BATCH:
            answer({"values": batch})
            batch = []


plan = steps()
