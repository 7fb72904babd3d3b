# A bracket that is never closed.
weights = [1.0, 2.0
print(weights)
