# A binary number with a wrong digit.
x = 0b12
