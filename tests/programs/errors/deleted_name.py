# A name that was deleted.
x = 1
del x
print(x)
