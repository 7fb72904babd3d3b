# A remainder by zero.
print(5 % 0)
