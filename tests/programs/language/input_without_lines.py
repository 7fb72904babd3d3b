# input() with nothing to read.
try:
    name = input("name? ")
except EOFError as error:
    print()
    print("EOFError:", error)
