# Goes on, each time round, at the backward pass number PASS; with None where the program does not come to it.
def before_pass(number, roots, seeds, names):
    if number == PASS:
        go_on((names, roots, seeds))


def at_end(names):
    go_on(None)


def at_error(text, names):
    go_on(None)
