# A call on the left of =.
def f():
    pass


f() = 3
