# A metaclass whose __call__ gives the same instance each time.
class Single(type):
    made = {}

    def __call__(cls, *args):
        if cls not in cls.made:
            cls.made[cls] = super().__call__(*args)
        return cls.made[cls]


class Config(metaclass=Single):
    def __init__(self, path="default"):
        self.path = path


a, b = Config("first"), Config("second")
print(a is b, b.path)
