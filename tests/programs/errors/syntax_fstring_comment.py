# A comment between the braces of an f-string.
x = 3
print(f"{x # the loss}")
