# Fewer values than names.
a, b, c = [1, 2]
