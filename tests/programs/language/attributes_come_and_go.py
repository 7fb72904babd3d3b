# The same line meets objects whose attributes lie in another order, are gone, or are hidden by the class.
class Point:
    pass


def make(order):
    point = Point()
    for name in order:
        setattr(point, name, name * 2)
    return point


def read(point):
    return point.x if "x" in vars(point) or hasattr(Point, "x") else None


points = [make("xy"), make("yx"), make("y"), make("zyx"), make("x")]
print([read(point) for point in points])
del points[0].x
print([read(point) for point in points])
Point.x = property(lambda self: "from the class")
print([read(point) for point in points])
Point.x = "default"
print([read(point) for point in points])


def call(point):
    return point.show()


Point.show = lambda self: "method"
print(call(points[1]))
points[1].show = lambda: "its own"
print(call(points[1]), call(points[2]))
