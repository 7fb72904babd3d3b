# A text compared with a number.
print(sorted([1, 'a']))
