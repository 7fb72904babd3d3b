# A property that lacks an attribute itself is asked for through __getattr__.
class Model:
    def __init__(self):
        self.known = 1

    @property
    def size(self):
        return self.layers * 2

    def __getattr__(self, name):
        raise AttributeError(f"Model has no {name}")


for name in ["known", "size", "other"]:
    try:
        print(name, getattr(Model(), name))
    except AttributeError as error:
        print(name, "->", error)
