# Only a comment in a function.
def f():
    # nothing

print(1)
