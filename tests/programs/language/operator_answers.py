# Who is asked for `a + b`, in which order, and what NotImplemented leads to.
class A:
    def __init__(self, name):
        self.name = name

    def __add__(self, other):
        print("A.add", self.name, getattr(other, "name", other))
        return A("sum") if isinstance(other, A) else NotImplemented


class B:
    name = "b"

    def __radd__(self, other):
        print("B.radd", getattr(other, "name", other))
        return "from B"

    def __isub__(self, other):
        return NotImplemented

    def __sub__(self, other):
        return ("difference", other)


a, b = A("a"), B()
print((a + A("c")).name, a + b, 1 + b, 2.5 + b)
a += A("d")
print(a.name)
b -= 1
print(b)
try:
    a + None
except TypeError as error:
    print(error)
