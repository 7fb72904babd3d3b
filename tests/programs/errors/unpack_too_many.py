# More values than names.
a, b = 1, 2, 3
