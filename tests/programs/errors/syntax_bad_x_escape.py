# An escape of one digit.
x = '\x1'
