# With two bases, super() goes along the method resolution order.
class Base:
    def hello(self):
        return ["Base"]

class Left(Base):
    def hello(self):
        return ["Left"] + super().hello()

class Right(Base):
    def hello(self):
        return ["Right"] + super().hello()

class Both(Left, Right):
    def hello(self):
        return ["Both"] + super().hello()

print(Both().hello())
print([c.__name__ for c in Both.__mro__])
