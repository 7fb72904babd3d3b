# Two parameters of a lambda without a comma.
f = map(lambda x y: x, [1])
