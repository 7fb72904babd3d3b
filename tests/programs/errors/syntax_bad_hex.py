# A hexadecimal number with a wrong digit.
x = 0xZZ
