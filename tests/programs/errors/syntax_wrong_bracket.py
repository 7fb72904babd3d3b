# A bracket closed by one of another kind.
x = [1, 2)
