# A function with a cache may call itself hundreds of levels deep.
from functools import cache, lru_cache


@lru_cache(None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


class Grid:
    @cache
    def paths(self, n):
        return 1 if n == 0 else self.paths(n - 1) + 1


print(fib(400), fib.cache_info())
print(Grid().paths(300))
