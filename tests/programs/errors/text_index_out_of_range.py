# A character beyond the end.
print('abc'[5])
