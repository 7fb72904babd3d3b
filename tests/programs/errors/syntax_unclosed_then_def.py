# A bracket left open before a function.
x = foo(1,
def f():
    pass
