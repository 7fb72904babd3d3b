# typing.NamedTuple and collections.namedtuple.
from collections import namedtuple
from typing import NamedTuple


class Batch(NamedTuple):
    x: int
    y: float = 2.0

    def total(self):
        return self.x + self.y


Point = namedtuple("Point", "x y", defaults=[0])
b = Batch(1)
print(b, b.x, b.total(), b._replace(x=5), Batch._fields, isinstance(b, tuple), b == (1, 2.0))
print(Point(1), Point(1, 2)._asdict(), Point._make([3, 4]), *Point(5, 6))
x, y = b
print(x, y, b[0], b[-1], len(b))
try:
    b.x = 3
except AttributeError as error:
    print(error)
