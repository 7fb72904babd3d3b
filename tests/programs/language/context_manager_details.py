# What __exit__ gets and gives back; several managers; leaving by return.
class Step:
    def __init__(self, name, swallow=False):
        self.name = name
        self.swallow = swallow

    def __enter__(self):
        print("enter", self.name)
        return self.name.upper()

    def __exit__(self, kind, value, traceback):
        print("exit", self.name, kind and kind.__name__, value)
        return self.swallow


def leaves():
    with Step("a") as a, Step("b") as b:
        return a + b


print(leaves())
with Step("outer"):
    with Step("inner", swallow=True):
        raise ValueError("swallowed")
    print("after")
with (Step("x") as x, Step("y") as y):
    print(x, y)
