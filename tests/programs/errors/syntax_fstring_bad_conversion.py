# A conversion that there is not.
x = 1
print(f'{x!z}')
