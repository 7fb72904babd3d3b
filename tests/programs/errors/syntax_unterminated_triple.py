# A text in three quotes that does not end.
x = '''abc
print(x)
