# The views of an OrderedDict carry its name, and are sets as those of a dict are.
from collections import OrderedDict

d = OrderedDict(a=1, b=2)
print(d.keys(), d.values(), d.items(), type(d.keys()).__name__)
print({"a": 1}.keys(), d.keys() == {"a", "b"}, {"a": 0}.keys() < d.keys(), d.keys() & {"a"})


class Registry(OrderedDict):
    pass


print(Registry(x=1).keys(), list(reversed(d.keys())), d.keys().isdisjoint(["c"]))
