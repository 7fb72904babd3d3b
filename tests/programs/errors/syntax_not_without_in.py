# not between two operands, without its in.
x, y = 1, [1]
print(x not y)
