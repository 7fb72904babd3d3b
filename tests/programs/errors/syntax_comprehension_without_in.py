# A comprehension of which the in is missing.
x = [1, 2]
print([i for x])
