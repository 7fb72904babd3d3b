# A backslash between the braces of an f-string.
names = ["a", "b"]
print(f"{'\n'.join(names)}")
