# A star where nothing is unpacked.
x = *[1, 2]
