# Two operands side by side in an f-string.
a, b = 1, 2
print(f"both: {a b}")
