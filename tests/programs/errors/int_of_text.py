# int() of a text that is no number.
print(int('3.5'))
