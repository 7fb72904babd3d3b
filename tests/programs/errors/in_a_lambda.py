# An error in a lambda.
f = lambda a: a / 0
print(list(map(f, [1, 2])))
