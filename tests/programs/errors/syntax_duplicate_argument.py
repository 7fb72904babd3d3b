# A parameter named twice.
def f(a, a):
    pass
