# Fewer values than places in a format.
print('%d %d' % 1)
