# Arithmetic written in a class: forward, reflected, in place, with NotImplemented.
class Money:
    def __init__(self, cents):
        self.cents = cents

    def __repr__(self):
        return f"{self.cents / 100:.2f} EUR"

    def __add__(self, other):
        if isinstance(other, Money):
            return Money(self.cents + other.cents)
        if isinstance(other, int):
            return Money(self.cents + 100 * other)
        return NotImplemented

    __radd__ = __add__

    def __mul__(self, factor):
        return Money(round(self.cents * factor))

    def __iadd__(self, other):
        self.cents += other.cents
        return self

    def __neg__(self):
        return Money(-self.cents)

    def __bool__(self):
        return self.cents != 0


m = Money(150)
m += Money(25)
print(m, m + 1, 1 + m, m * 2, -m, bool(Money(0)))
print(sum([Money(1), Money(2)], Money(0)))
try:
    m + "x"
except TypeError as error:
    print(error)
