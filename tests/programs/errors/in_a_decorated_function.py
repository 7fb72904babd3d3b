# An error under a decorator.
def deco(f):
    def inner(*args):
        return f(*args)
    return inner


@deco
def half(x):
    return x / 0


half(1)
