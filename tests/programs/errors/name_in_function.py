# A name misspelled in a function that has it.
def f(value):
    return valeu + 1


f(3)
