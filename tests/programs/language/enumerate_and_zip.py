# Walking over several things at once.
names, scores = ["ann", "bob", "cid"], [90, 72, 85]
for place, (name, score) in enumerate(zip(names, scores), start=1):
    print(f"{place}. {name:5}{score:4}")
print(list(zip(names, scores, "xyz")), list(zip([1, 2, 3], "ab")))
print(dict(zip(names, scores)), list(zip(*[(1, "a"), (2, "b")])))
print(list(map(lambda a, b: a * b, [1, 2, 3], [4, 5, 6])), list(enumerate("ab")))
rows = [[1, 2, 3], [4, 5, 6]]
print([list(column) for column in zip(*rows)])
try:
    list(zip(names, [1], strict=True))
except ValueError as error:
    print(error)
