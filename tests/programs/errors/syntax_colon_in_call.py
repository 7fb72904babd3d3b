# A header whose bracket is not closed before its colon.
for i in range(10:
    print(i)
