# A function remembers the names around it; nonlocal lets it change them.
def counter(start=0):
    count = start

    def step(by=1):
        nonlocal count
        count += by
        return count

    return step

a, b = counter(), counter(10)
print(a(), a(), b(5), a())

def power(exponent):
    return lambda base: base**exponent

square, cube = power(2), power(3)
print(square(5), cube(2))
print([f() for f in [lambda: i for i in range(3)]])      # all see the last i
print([f() for f in [lambda i=i: i for i in range(3)]])  # each keeps its own
