# More values than names.
for x, y in [(1, 2), (3, 4, 5)]:
    print(x + y)
