# Bisection: the root of a function between two signs.
def bisect(f, low, high, tolerance=1e-9):
    if f(low) * f(high) > 0:
        raise ValueError("no change of sign")
    steps = 0
    while high - low > tolerance:
        middle = (low + high) / 2
        if f(low) * f(middle) <= 0:
            high = middle
        else:
            low = middle
        steps += 1
    return (low + high) / 2, steps

root, steps = bisect(lambda x: x**3 - x - 2, 1, 2)
print(f"{root:.6f} after {steps} steps")
print("%.6f" % bisect(lambda x: x * x - 2, 0, 2)[0])
try:
    bisect(lambda x: x * x + 1, -1, 1)
except ValueError as error:
    print(error)
