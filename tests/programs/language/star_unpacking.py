# Stars in assignments, calls, literals and loops.
first, *middle, last = range(5)
print(first, middle, last)
*start, end = "abc"
(a, *b), c = [1, 2, 3], 4
print(start, end, a, b, c)
for head, *tail in [(1, 2, 3), "xy"]:
    print(head, tail)
print([*range(3), *"ab"], {*[1, 1, 2]}, {**{"a": 1}, "b": 2, **{"a": 3}}, (*[1], 2))


def f(*args, sep="-", **options):
    return sep.join(map(str, args)), options


print(f(*[1, 2], 3, *(4,), sep="+", **{"x": 1}, **{"y": 2}))
x = y = [1]
x, y = y, x + [2]
print(x, y)
i, data = 0, [10, 20]
i, data[i] = 1, 99
print(i, data)
