# Letters after a number.
x = 12abc
