# A function definition of which only the name is there.
x = 1
def f
