# Two lists multiplied.
print([1] * [2])
