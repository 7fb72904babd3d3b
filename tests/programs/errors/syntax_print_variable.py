# print of a variable without brackets.
x = 1
print x
