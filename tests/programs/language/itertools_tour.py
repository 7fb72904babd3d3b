# The module itertools.
import itertools as it

print(list(it.chain([1], "ab")), list(it.islice(it.count(5, 2), 3)), list(it.accumulate([1, 2, 3])), list(it.accumulate([1, 2, 3], lambda a, b: a * b)))
print(list(it.product("ab", [1, 2])), list(it.permutations([1, 2, 3], 2))[:3], list(it.combinations("abc", 2)))
print(list(it.zip_longest([1, 2], "a", fillvalue="-")), list(it.takewhile(lambda x: x < 3, range(9))), list(it.dropwhile(lambda x: x < 3, range(5))))
print([(k, list(g)) for k, g in it.groupby("aabbbc")], list(it.starmap(pow, [(2, 3), (3, 2)])), list(it.repeat("x", 2)))
print(list(it.compress("abc", [1, 0, 1])), list(it.pairwise([1, 2, 3])), list(it.filterfalse(lambda x: x % 2, range(5))))
a, b = it.tee(range(3))
print(list(a), list(b), next(it.cycle("xy")), list(it.combinations_with_replacement([1, 2], 2)))
