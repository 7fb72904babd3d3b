# A number in a for.
for x in 5:
    pass
