# A function without a body.
def f():
print(1)
