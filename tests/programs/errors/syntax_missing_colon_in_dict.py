# A dict key without a colon.
d = {'a': 1, 'b'}
