# The state of the random numbers can be kept and put back.
import random

random.seed(5)
state = random.getstate()
first = [random.random(), random.gauss(0, 1), random.randrange(100)]
random.setstate(state)
print(first == [random.random(), random.gauss(0, 1), random.randrange(100)])
print(state[0], len(state[1]), state[1][:3], state[1][-1], state[2])
random.gauss(0, 1)
print(random.getstate()[2])
generator = random.Random(3)
state = generator.getstate()
sample = generator.sample(range(1000), 4)
generator.setstate(state)
print(sample, sample == generator.sample(range(1000), 4))
try:
    random.setstate((3, (1, 2), None))
except ValueError as error:
    print(error)
