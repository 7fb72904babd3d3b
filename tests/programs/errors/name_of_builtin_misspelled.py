# A builtin misspelled.
lenght = 3
print(lne([1]))
