# Sets: algebra, comparisons, frozen ones as keys.
a, b = {1, 2, 3}, {3, 4}
print(a | b, a & b, a - b, a ^ b, a < {1, 2, 3, 4}, a >= {1}, a.isdisjoint({9}))
a.add(5)
a.discard(99)
a.update([6], (7,))
print(sorted(a), len(a), 5 in a, a.issuperset({1}), a.union([10]) - a)
groups = {frozenset({1, 2}): "pair", frozenset(): "none"}
print(groups[frozenset([2, 1])], groups[frozenset()], {x % 3 for x in range(9)})
try:
    {[1]}
except TypeError as error:
    print(error)
try:
    a.remove(99)
except KeyError as error:
    print("KeyError", error)
