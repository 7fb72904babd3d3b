# A class as a decorator counts the calls.
class Count:
    def __init__(self, function):
        self.function = function
        self.calls = 0

    def __call__(self, *args):
        self.calls += 1
        return self.function(*args)


@Count
def double(x):
    return 2 * x


print(double(3), double(4), double.calls, type(double).__name__)
