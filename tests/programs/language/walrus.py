# := in conditions, comprehensions and loops.
data = [4, 8, 15, 16, 23, 42]
if (n := len(data)) > 5:
    print(n, "items")
print([half for x in data if (half := x / 2) > 5])
values = iter(data)
while (v := next(values, None)) is not None and v < 20:
    print(v, end=" ")
print()
print((y := 5) + y, [last := x for x in data][-1], last)
print(any((found := x) > 15 for x in data), found)
