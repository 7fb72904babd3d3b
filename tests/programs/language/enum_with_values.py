# Members with several values, a constructor, and names made by a function.
from enum import Enum, auto


class Planet(Enum):
    EARTH = (5.97e24, 6.37e6)
    MARS = (6.4e23, 3.4e6)

    def __init__(self, mass, radius):
        self.mass = mass
        self.radius = radius

    @property
    def gravity(self):
        return round(6.67e-11 * self.mass / self.radius**2, 2)


class Name(Enum):
    def _generate_next_value_(name, start, count, last_values):
        return name.capitalize()

    ADAM = auto()
    SGD = auto()

    @classmethod
    def _missing_(cls, value):
        return cls.SGD


print(Planet.EARTH.gravity, Planet.MARS.mass, Planet.EARTH.value)
print([one.value for one in Name], Name("unknown"))
Animal = Enum("Animal", "CAT DOG")
print(Animal.DOG, Animal.DOG.value, list(Animal))
