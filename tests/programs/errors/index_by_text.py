# A text as an index.
x = [1, 2, 3]
print(x['a'])
