# An attribute of None.
x = [3, 1].sort()
x.append(2)
