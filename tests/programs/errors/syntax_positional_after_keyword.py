# A positional argument after a keyword.
print(sep='', 1)
