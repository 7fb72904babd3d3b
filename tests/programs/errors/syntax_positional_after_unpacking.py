# A positional argument after **.
d = {}
print(**d, 1)
