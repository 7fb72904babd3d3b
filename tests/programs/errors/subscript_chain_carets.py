# The index of a chain that fails.
m = [[1, 2], [3, 4]]
print(m[0][1] + m[1][2])
