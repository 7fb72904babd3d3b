# A single = inside brackets that are no call.
x = 1
print((x = 1))
