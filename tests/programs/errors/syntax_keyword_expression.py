# An expression before = in a call.
dict(a.b=1)
