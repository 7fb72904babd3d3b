# del removes names, items and attributes; names of a comprehension or of except do not stay.
x = 1
del x
try:
    print(x)
except NameError as error:
    print(error)
try:
    1 / 0
except ZeroDivisionError as problem:
    pass
print("problem" in globals(), [k for k in range(3)], "k" in globals())
for left in range(3):
    pass
print("left over:", left)
items = {"a": 1, "b": 2}
del items["a"]
print(items, sorted(n for n in globals() if not n.startswith("_")))
