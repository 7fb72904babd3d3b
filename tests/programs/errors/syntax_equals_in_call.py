# An assignment where a comparison was meant.
x = 1
if x = 1:
    print(x)
