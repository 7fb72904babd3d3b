# Arguments that are missing.
def f(a, b, c):
    pass


f(1)
