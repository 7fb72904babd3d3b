# The largest of nothing.
print(max([]))
