# A keyword-only argument that is missing.
def f(*, lr):
    pass


f()
