# A class with a constructor, methods, class attributes and several special methods.
class Vector:
    dimensions = 2

    def __init__(self, x, y=0.0):
        self.x, self.y = x, y

    def __repr__(self):
        return f"Vector({self.x}, {self.y})"

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    def __mul__(self, factor):
        return Vector(self.x * factor, self.y * factor)

    __rmul__ = __mul__

    def __eq__(self, other):
        return (self.x, self.y) == (other.x, other.y)

    def __abs__(self):
        return (self.x**2 + self.y**2) ** 0.5

v = Vector(3, 4)
print(v, v + Vector(1), v * 2, 2 * v, abs(v))
print(v == Vector(3, 4), v != Vector(3), v.dimensions, Vector.dimensions, [v])
