# A variable that only one branch sets.
def f(flag):
    if flag:
        y = 1
    return y


f(False)
