# A program that cannot be read at all does not even begin: a colon is missing.
print("not printed")
for step in range(3)
    print(step)
