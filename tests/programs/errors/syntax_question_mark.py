# A character that Python does not have.
x = 1 ? 2
