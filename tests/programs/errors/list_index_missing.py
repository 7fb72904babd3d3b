# A value looked for that is not there.
print([1, 2].index(3))
