# The part of a long expression that fails.
a = {'x': [1, 2, 3]}
b = 0
print(a['x'][0] + (a['x'][1] / b) * 2 + len(a))
