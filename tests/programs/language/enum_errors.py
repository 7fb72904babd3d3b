# What an Enum refuses.
from enum import Enum, unique


class Color(Enum):
    RED = 1


def twice():
    class Again(Enum):
        X = 1
        X = 2


def extended():
    class More(Color):
        GREEN = 2


def aliases():
    @unique
    class Level(Enum):
        LOW = 1
        MIN = 1


attempts = [lambda: Color(9), lambda: Color["X"], lambda: Color.X, lambda: Color.RED < Color.RED, twice, extended, aliases]
for attempt in attempts:
    try:
        attempt()
    except Exception as error:
        print(type(error).__name__, error)
