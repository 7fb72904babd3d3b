# A number unpacked.
a, b = 5
