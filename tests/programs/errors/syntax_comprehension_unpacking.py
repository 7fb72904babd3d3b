# A star in a comprehension.
x = [*a for a in [[1]]]
