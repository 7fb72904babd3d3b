# An f-string that does not end on its line.
x = 1
print(f'{x)
