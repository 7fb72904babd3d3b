# Two exceptions without brackets.
try:
    x = 1
except ValueError, TypeError:
    pass
