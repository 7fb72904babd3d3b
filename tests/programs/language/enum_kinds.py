# IntEnum, StrEnum, Flag and auto().
from enum import Flag, IntEnum, StrEnum, auto


class Level(IntEnum):
    LOW = auto()
    HIGH = auto()


class Mode(StrEnum):
    TRAIN = auto()
    EVAL = "evaluation"


class Access(Flag):
    READ = auto()
    WRITE = auto()
    RUN = auto()
    BOTH = READ | WRITE


print(Level.LOW, repr(Level.LOW), Level.LOW + 1, Level.LOW < Level.HIGH, [10, 20][Level.LOW], f"{Level.HIGH}")
print(Mode.TRAIN, repr(Mode.TRAIN), Mode.EVAL == "evaluation", Mode.EVAL.upper())
print(Access.READ | Access.RUN, repr(Access.READ | Access.RUN), list(Access.BOTH), Access.RUN in Access.BOTH, ~Access.READ)
print(bool(Access.READ & Access.WRITE), Access(0), Access.READ ^ Access.BOTH)
