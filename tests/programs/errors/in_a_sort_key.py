# An error in a sort key.
print(sorted(['a', None], key=lambda s: s.upper()))
