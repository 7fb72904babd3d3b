# A bracket that stays open in an f-string.
a = 2
print(f"{(a + 1}")
