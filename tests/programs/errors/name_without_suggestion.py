# A name that resembles no other.
def area(radius):
    return pi * radius**2

print(area(2))
