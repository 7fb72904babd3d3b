# The rarer distributions of random, in CPython's stream.
import random

random.seed(7)
print(random.betavariate(2, 3), random.gammavariate(2.5, 1.5), random.gammavariate(0.5, 2), random.gammavariate(1, 3))
print(random.vonmisesvariate(1, 4), random.vonmisesvariate(0, 0), random.paretovariate(3), random.weibullvariate(1, 1.5))
print(random.triangular(0, 10, 3), random.lognormvariate(0, 0.25), random.expovariate(2), random.getrandbits(70), random.randbytes(5))
try:
    random.gammavariate(-1, 1)
except ValueError as error:
    print(error)
