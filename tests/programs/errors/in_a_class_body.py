# The body of a class runs as the program does.
class Settings:
    epochs = 10
    batch = 100 // (epochs - 10)

print(Settings.batch)
