# An arrow without the type that it leads to.
def f(x) -> :
    return x
