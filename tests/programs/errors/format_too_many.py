# More values than places in a format.
print('%d' % (1, 2))
