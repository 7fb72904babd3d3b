# A try without except, which the next statement shows.
def f():
    try:
        return 1
print(f())
