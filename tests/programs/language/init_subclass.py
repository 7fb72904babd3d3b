# __init_subclass__ with keywords, and bases spread from a tuple.
class Plugin:
    names = []

    def __init_subclass__(cls, tag=None, **rest):
        super().__init_subclass__(**rest)
        cls.tag = tag
        cls.names.append(cls.__name__)


class First(Plugin, tag="t"):
    pass


bases = (First,)


class Second(*bases, tag=2):
    pass


Third = type("Third", (Plugin,), {"value": 3}, tag="made")
print(First.tag, Second.tag, Third.tag, Third.value, Plugin.names)
print([cls.__name__ for cls in Second.__mro__])
try:
    class Fourth(object, tag=1):
        pass
except TypeError as error:
    print(error)
