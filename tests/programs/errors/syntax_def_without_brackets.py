# A function without a parameter list.
def f:
    pass
