# An expression on the left of =.
a = b = 1
a + b = 3
