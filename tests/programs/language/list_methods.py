# What a list can do.
items = [3, 1, 2]
items.append(5)
items.extend([4, 1])
items.insert(0, 9)
print(items, items.count(1), items.index(2))
print(items.pop(), items.pop(0), items)
items.remove(5)
items.sort(reverse=True)
print(items)
items.reverse()
copy = items.copy()
items.clear()
print(items, copy, 2 in copy, copy + [7], copy * 2)
for wrong in (lambda: copy.remove(99), lambda: copy[10], lambda: [].pop(), lambda: copy.index("x")):
    try:
        wrong()
    except (ValueError, IndexError) as error:
        print(f"{type(error).__name__}: {error}")
