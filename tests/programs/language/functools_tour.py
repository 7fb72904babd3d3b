# The module functools.
import functools


@functools.lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


@functools.total_ordering
class Version:
    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        return self.n == other.n

    def __lt__(self, other):
        return self.n < other.n


@functools.singledispatch
def show(x):
    return "object"


@show.register(int)
def _(x):
    return "int"


print(fib(50), fib.cache_info().hits > 0, functools.reduce(lambda a, b: a * b, range(1, 6)))
print(Version(2) >= Version(1), Version(1) <= Version(1), functools.partial(int, base=2)("101"))
print(show(3), show("a"), sorted([3, 1, 2], key=functools.cmp_to_key(lambda a, b: b - a)))
