# An expression in an f-string that is none: it is shown in brackets.
a, b = 1, 2
print(f"sum: {a + }", b)
