# Taking sequences apart on the left-hand side.
a, b = 1, 2
a, b = b, a
print(a, b)
first, *middle, last = range(6)
print(first, middle, last)
(x, y), [z] = (1, 2), "z"
print(x, y, z)
for i, (name, value) in enumerate([("lr", 0.1), ("steps", 5)]):
    print(i, name, value)
numbers = [0] * 3
numbers[0], numbers[2] = 7, 9
print(numbers, [*numbers, *"ab"], {**{"a": 1}, "b": 2}, (*numbers,))
p = q = []
p.append(1)
print(q)
for wrong in ((1,), (1, 2, 3)):
    try:
        a, b = wrong
    except ValueError as error:
        print(error)
