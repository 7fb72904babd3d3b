# A module that is not there.
import math

print(math.sqrt(2) > 1)
import no_such_module
