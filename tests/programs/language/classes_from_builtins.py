# Classes derived from float, str, bytes, tuple and dict: made with __new__, their operators give the base's type.
class Metres(float):
    def __new__(cls, value, unit="m"):
        made = super().__new__(cls, value)
        made.unit = unit
        return made

    def __repr__(self):
        return f"{float(self)!r} {self.unit}"


d = Metres(2.5, "km")
print(d, [d], d + 1, type(d + 1), 2 * d, -d, abs(Metres(-1)), round(d), f"{d:.3f}", "%.1f" % d, int(d), d == 2.5, hash(d) == hash(2.5))
print(max(Metres(1), Metres(2)), sum([d, d]), d < 3, d.is_integer(), {d: "x"}[2.5], d.__dict__, isinstance(d, float), divmod(d, 2))


class Name(str):
    __slots__ = ("lang",)

    def shout(self):
        return self.upper() + "!"


class Packet(bytes):
    def total(self):
        return sum(self)


class Point(tuple):
    __slots__ = ()

    def __new__(cls, x, y):
        return super().__new__(cls, (x, y))


name, p = Name("ada"), Point(1, 2)
print(name.shout(), type(name + "x"), Packet(b"ab").total(), type(Packet(b"ab") + b"c"), p, p + (3,), p[0], type(p[:1]))
try:
    p.z = 3
except AttributeError as error:
    print(error)
