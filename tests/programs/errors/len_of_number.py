# The length of a number.
print(len(5))
