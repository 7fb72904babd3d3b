# A metaclass decides what isinstance() and issubclass() say.
class EvenMeta(type):
    def __instancecheck__(cls, value):
        return isinstance(value, int) and value % 2 == 0

    def __subclasscheck__(cls, other):
        return other is int


class Even(metaclass=EvenMeta):
    pass


print(isinstance(4, Even), isinstance(3, Even), issubclass(int, Even), issubclass(str, Even))
print(isinstance(True, int), isinstance(1, (str, float, int)), issubclass(bool, int))
