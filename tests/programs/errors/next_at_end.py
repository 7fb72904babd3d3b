# next() at the end.
it = iter([1])
next(it)
next(it)
