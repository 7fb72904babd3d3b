# A string that is not closed on its line.
print("loss: 0.5)
