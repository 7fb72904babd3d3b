# A missing comma in a call: all of both operands is marked.
print([1, 2] + [3] end="")
