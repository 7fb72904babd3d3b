# A number as the variable of for.
for 1 in range(3):
    pass
