# Two starred names on the left.
*a, *b = [1, 2]
