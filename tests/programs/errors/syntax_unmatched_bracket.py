# A bracket that closes nothing.
x = (1, 2))
