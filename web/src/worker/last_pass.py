# Goes on, each time round, at the last backward pass that begins while there is a RESULT (an expression, or None for the root of the pass) that tracks
# gradients, and a LEAF; rather at one that begins from RESULT itself. Where there is no such pass, at the end of the program.
target = None  # of the pass to look at; 0: the end of the program
last = last_rooted = 0


def find(names, roots):
    """The result and the leaf, or None where one of them is not there."""
    try:
        leaf = evaluate(LEAF, names)
        result = (roots[0] if roots else None) if RESULT is None else evaluate(RESULT, names)
    except Exception:
        return None
    if not isinstance(leaf, torch.Tensor) or not isinstance(result, torch.Tensor):
        return None
    return result, leaf


def before_pass(number, roots, seeds, names):
    global last, last_rooted
    if target is None:
        found = find(names, roots)
        if found and found[0].requires_grad:
            last = number
            if found[0] is roots[0]:
                last_rooted = number
    elif number == target:
        go_on((names, roots, seeds))


def at_end(names):
    global target
    if target is None:
        target = last_rooted or last
        if target:
            again()
            return
    go_on((names, [], None))


def at_error(text, names):
    reached = find(names, [])
    if target is None and not last and not reached:
        answer({"failed": text})
        finish()
    elif target is None:
        at_end(names)
    elif target == 0 and reached:
        go_on((names, [], None))
    else:
        go_on(None)


def is_tensor(text, names):
    try:
        return isinstance(evaluate(text, names), torch.Tensor)
    except Exception:
        return False


def missing(names):
    return [name for name in (RESULT, LEAF) if name is not None and not is_tensor(name, names)]
