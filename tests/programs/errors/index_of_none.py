# An index of None.
x = None
print(x[0])
