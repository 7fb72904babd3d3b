# Zero to a negative power.
print(0 ** -1)
