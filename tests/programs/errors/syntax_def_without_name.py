# A function without a name.
def (x):
    pass
