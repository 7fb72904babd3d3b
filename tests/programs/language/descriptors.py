# Descriptors: __get__, __set__, __set_name__, and what goes first.
class Positive:
    def __set_name__(self, owner, name):
        self.name = "_" + name

    def __get__(self, instance, owner=None):
        return self if instance is None else getattr(instance, self.name, "unset")

    def __set__(self, instance, value):
        if value <= 0:
            raise ValueError(f"{self.name[1:]} must be positive")
        setattr(instance, self.name, value)


class Cached:
    def __init__(self, function):
        self.function = function

    def __get__(self, instance, owner=None):
        value = self.function(instance)
        instance.__dict__[self.function.__name__] = value
        return value


class Box:
    width = Positive()

    @Cached
    def area(self):
        print("computing")
        return self.width**2


box = Box()
box.width = 3
print(box.width, box.area, box.area, type(Box.width).__name__)
try:
    box.width = -1
except ValueError as error:
    print(error)
