# A dot without a name.
x = 1
print(x.)
