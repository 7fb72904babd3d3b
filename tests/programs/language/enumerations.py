# An Enum: members by name, by value, in order; aliases; methods.
from enum import Enum


class Color(Enum):
    RED = 1
    GREEN = 2
    BLUE = 3
    CRIMSON = 1

    def describe(self):
        return f"{self.name.lower()} is {self.value}"


print(Color.RED, repr(Color.RED), Color(2), Color["BLUE"], Color.CRIMSON is Color.RED)
print(list(Color), len(Color), Color.RED in Color)
print([color.describe() for color in Color])
print(Color.RED == 1, Color.RED != Color.BLUE, {Color.RED: "warm"}[Color.RED], type(Color.RED))
print(list(Color.__members__), f"{Color.RED:>12}|")
