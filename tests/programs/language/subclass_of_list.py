# Classes derived from list, dict, str and tuple have attributes of their own.
class Stack(list):
    def __init__(self, *items, limit=10):
        super().__init__(items)
        self.limit = limit

    @property
    def top(self):
        return self[-1]


class Options(dict):
    def __getattr__(self, name):
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name)


class Pair(tuple):
    def __new__(cls, x, y):
        return super().__new__(cls, (x, y))

    @property
    def x(self):
        return self[0]


stack = Stack(1, 2, 3, limit=5)
stack.append(4)
stack.note = "mine"
print(stack, stack.limit, stack.top, stack.note, len(stack), stack.__dict__)
options = Options(lr=0.1)
print(options.lr, options, Pair(3, 4).x, Pair(3, 4) + (5,))
try:
    options.momentum
except AttributeError as error:
    print("no", error)
