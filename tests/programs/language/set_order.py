# Sets are walked in the order of CPython's hash table, whatever was done with them before.
numbers = {33, 8, 100, 5, -1, 16}
print(numbers, {3, 1, 2}, set([1, 3, 2, 0.5, 2**61, True]))
print({(1, 2), (0, 0), (3, -1)}, {(0.5, (1, 2)), (7,)}, {frozenset({1, 2}), frozenset({3})})
s = set(range(20))
for i in range(10):
    s.discard(i)
s.add(1000)
s.add(40)
print(s, s | {1, 2}, s & {1000, 15}, s ^ {15, 3, 77}, s - {10, 11, 12})
print([s.pop() for _ in range(4)], s)
t = {0, 1, 2}
t.remove(0)
t.remove(1)
t.add(8)
t.add(0)
print(t, set(t), t.copy(), t.union([64, 3]), {x * 7 % 23 for x in range(12)})
big = set(range(0, 3000, 7))
big -= set(range(0, 3000, 21))
big ^= {5000, 14, 1, 2}
print(len(big), list(big)[:12], list(big)[-5:])
u = {2**64, -2**64, 1e300, -1.5}
u |= {1, 2, 3}
u.intersection_update([1, -1.5, 2**64, 9])
u.symmetric_difference_update({1: "a", 7: "b"})
print(u, sorted(u))
print(hash((1, 2, 3)), hash(()), hash((-1, 0.5)), hash(frozenset({1, 2, 3})), hash(-1), hash(2**100), hash(-2.5))
