# A number that begins with a zero.
x = 012
