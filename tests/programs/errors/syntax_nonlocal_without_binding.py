# nonlocal of a name that no function around has.
def f():
    nonlocal x
    x = 1
