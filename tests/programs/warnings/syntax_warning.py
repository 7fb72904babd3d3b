# Python warns of code that is surely not meant, before the program begins.
print("begins")
x = 3
print(x is 3)
assert (x > 5, "this tuple is always true")
