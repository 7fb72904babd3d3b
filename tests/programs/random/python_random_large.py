# The module random draws large integers as CPython does.
import random

random.seed(5)
print(random.getrandbits(100), random.randrange(10**30), random.randint(0, 2**65))
random.seed(2**100)
print(random.random(), random.getrandbits(32))
random.seed(-7)
print(random.randrange(-(10**20), 10**20), random.sample(range(1000), 3))
