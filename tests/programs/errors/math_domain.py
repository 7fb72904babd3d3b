# The root of a negative number.
import math

print(math.sqrt(-1))
