# functools.update_wrapper gives an object of a class the name and the text of the function that it stands for.
import functools
from typing import List, TypeVar


class Counted:
    def __init__(self, function):
        functools.update_wrapper(self, function)
        self.function, self.calls = function, 0

    def __call__(self, *args):
        self.calls += 1
        return self.function(*args)


@Counted
def double(n: int):
    """Twice n."""
    return 2 * n


print(double(2), double(3), double.calls, double.__name__, double.__doc__, double.__qualname__, double.__module__)
print(double.__wrapped__ is double.function, double.__annotations__, list(vars(double)))


def tagged():
    pass


tagged.tag = "kept"
print(Counted(tagged).tag, vars(Counted(lambda: 0))["__name__"])

T = TypeVar("T")
print(T, repr(T), T.__name__, List[T], List[int].__name__)
