# A name misspelled in a module.
import math

print(math.sqr(2))
