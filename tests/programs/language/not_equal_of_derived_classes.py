# `!=` is the opposite of a class's own `==`, but not where the class derives from a builtin, which has its own.
class Tolerant:
    def __eq__(self, other):
        return abs(self.x - other.x) < 0.5

    def __init__(self, x):
        self.x = x


class Always(list):
    def __eq__(self, other):
        return True


class Text(str):
    def __eq__(self, other):
        return True

    __hash__ = str.__hash__


class Both(Tolerant):
    def __ne__(self, other):
        return "not equal"


print(Tolerant(1) == Tolerant(1.2), Tolerant(1) != Tolerant(1.2), Tolerant(1) != Tolerant(2))
print(Always([1]) == [2], Always([1]) != [2], Always([1]) != Always([1]))
print(Text("a") == "b", Text("a") != "b", Text("a") != "a")
print(Both(1) == Both(1), Both(1) != Both(1))
if Tolerant(1) != Tolerant(2):
    print("far")
