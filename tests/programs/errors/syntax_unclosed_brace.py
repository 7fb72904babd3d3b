# A dict that is never closed.
d = {'a': 1
print(d)
