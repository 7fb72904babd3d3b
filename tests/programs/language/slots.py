# A class with __slots__ takes no other attributes.
class Point:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y


class Free(Point):
    pass


p = Point(1, 2)
for attempt in [lambda: setattr(p, "z", 3), lambda: p.__dict__, lambda: p.z]:
    try:
        attempt()
    except AttributeError as error:
        print(error)
del p.x
try:
    p.x
except AttributeError as error:
    print(error)
q = Free(1, 2)
q.z = 5
print(q.x, q.z, p.y)
