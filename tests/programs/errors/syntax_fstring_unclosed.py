# A brace of an f-string that is not closed.
x = 1
print(f'{x')
