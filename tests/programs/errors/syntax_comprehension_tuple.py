# A pair without brackets in a comprehension.
x = [a, b for a, b in []]
