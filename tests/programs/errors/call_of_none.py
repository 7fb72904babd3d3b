# A call of None.
f = None
f(1)
