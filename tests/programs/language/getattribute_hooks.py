# __getattr__, __setattr__, __delattr__ and __dir__.
class Watched:
    def __init__(self):
        object.__setattr__(self, "log", [])

    def __getattr__(self, name):
        if name.startswith("get_"):
            return lambda: name[4:]
        raise AttributeError(f"no {name} here")

    def __setattr__(self, name, value):
        self.log.append((name, value))
        super().__setattr__(name, value)

    def __delattr__(self, name):
        self.log.append(name)
        super().__delattr__(name)


w = Watched()
w.x = 1
w.y = [2]
del w.x
print(w.log, w.get_speed(), hasattr(w, "x"), hasattr(w, "y"), getattr(w, "z", "default"))
try:
    w.missing
except AttributeError as error:
    print(error)
