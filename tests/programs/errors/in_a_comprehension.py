# An error inside a list comprehension, a generator and a lambda has a frame of its own.
inverse = lambda x: 1 / x
values = (inverse(x) for x in (1, 2, 0))
print([round(v, 2) for v in values])
