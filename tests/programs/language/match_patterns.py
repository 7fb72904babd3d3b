# match: literals, sequences, mappings, classes, guards, or-patterns, captures.
from dataclasses import dataclass


@dataclass
class Point:
    x: int
    y: int


def kind(value):
    match value:
        case 0 | 1:
            return "small"
        case int(n) if n < 0:
            return f"negative {n}"
        case float() | int():
            return "number"
        case "go" | "run" as word:
            return f"word {word}"
        case []:
            return "empty"
        case [x]:
            return f"one {x}"
        case [first, *rest]:
            return f"{first} then {rest}"
        case {"type": "circle", "r": r, **rest}:
            return f"circle {r} {rest}"
        case Point(x=0, y=y):
            return f"on the axis at {y}"
        case Point(x, y):
            return f"point {x} {y}"
        case None | True:
            return "nothing"
        case _:
            return "other"


for value in [1, -5, 2.5, "go", [], [7], (1, 2, 3), {"type": "circle", "r": 2, "c": 3}, Point(0, 4), Point(1, 2), None, "zzz"]:
    print(kind(value))
