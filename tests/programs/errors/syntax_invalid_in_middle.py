# An error in a call of several lines.
print(
    1,
    2 3,
)
