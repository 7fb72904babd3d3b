# A forgotten sign of multiplication looks like a call.
a = 2.0
x = 3.0
print(a * x)
y = a(x + 1)
