# The functions of random are methods written in Python, and say so of wrong arguments; bounds that are floats must be whole.
import random
from collections import namedtuple

random.seed(0)
for call in [
    lambda: random.randint(1),
    lambda: random.randint(1, 2, 3),
    lambda: random.randint(),
    lambda: random.randint(0, 5 / 2),
    lambda: random.randint(0, 6 / 2),
    lambda: random.randint(2.5, 5),
    lambda: random.randint(1, c=2),
    lambda: random.choice(),
    lambda: random.sample([1, 2]),
    lambda: random.sample(k=1, population=[3]),
    lambda: random.shuffle(),
    lambda: random.uniform(1),
    lambda: random.choices(),
    lambda: random.seed(1, 2, 3),
    lambda: random.randrange(0, 9, 3),
    lambda: namedtuple("Point"),
    lambda: namedtuple("Point", "x y", names=1),
]:
    try:
        print(call())
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
print(random.randrange(4.0), random.random())
