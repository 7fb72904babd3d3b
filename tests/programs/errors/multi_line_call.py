# An error in a call of several lines.
def f(a, b):
    return a / b


f(
    1,
    0,
)
