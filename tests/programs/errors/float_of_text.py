# float() of a text that is no number.
print(float('abc'))
