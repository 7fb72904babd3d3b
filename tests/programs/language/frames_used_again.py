# A function that is entered again while it runs, raises or yields finds its variables fresh.
def countdown(n, seen=()):
    if n == 0:
        return seen
    value = countdown(n - 1, seen + (n,))
    fresh = n if n % 2 else len(value)
    return value + (fresh,)


def maybe(fail):
    if not fail:
        late = 1
    return late


def numbers(n):
    if n:
        yield n
        yield from numbers(n - 1)


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone:", self.name)


def hold(name):
    return Noisy(name).name


print(countdown(5))
try:
    maybe(True)
except UnboundLocalError as error:
    print(error)
print(list(numbers(4)), list(zip(numbers(3), numbers(2))))
print(hold("first"), hold("second"))
