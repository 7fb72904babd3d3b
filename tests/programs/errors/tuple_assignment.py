# An item of a tuple set.
t = (1, 2)
t[0] = 5
