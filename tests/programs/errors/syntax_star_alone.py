# Nothing after * in a parameter list.
def f(*):
    pass
