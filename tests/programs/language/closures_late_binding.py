# Closures see variables, not values; nonlocal writes them.
makers = [lambda: i for i in range(3)]
print([m() for m in makers])
makers = [lambda i=i: i for i in range(3)]
print([m() for m in makers])


def counter():
    total = 0

    def add(n=1):
        nonlocal total
        total += n
        return total

    def reset():
        nonlocal total
        total = 0

    return add, reset


add, reset = counter()
print(add(), add(5), reset(), add())


def outer():
    x = "outer"

    def inner():
        print(x)

    x = "changed"
    inner()


outer()
