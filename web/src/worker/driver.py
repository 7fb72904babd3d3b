# Of every inquiry of the page: what it does is a generator, `plan`, that is sent a moment (names, roots, seeds; None where the program did not come
# so far) and yields the moves to run the program with until the next.
started = False


def go_on(moment):
    global started
    try:
        if not started:
            started = True
            next(plan)
        again(plan.send(moment))
    except StopIteration:
        finish()


def seed_of(result, roots, seeds):
    """What the elements of a result are weighted with, in float64."""
    if seeds and roots and result is roots[0] and seeds[0] is not None:
        return seeds[0].detach().double()
    return torch.ones_like(result).detach().double()


def weigh(result, seed):
    return (result.detach().double() * seed).sum().item()
