# Decorators with arguments, of classes, stacked, keeping the name.
import functools


def repeat(times):
    def wrap(function):
        @functools.wraps(function)
        def inner(*args, **kwargs):
            return [function(*args, **kwargs) for _ in range(times)]

        return inner

    return wrap


def shout(function):
    @functools.wraps(function)
    def inner(*args):
        return function(*args).upper()

    return inner


@repeat(2)
@shout
def greet(name):
    """Says hello."""
    return f"hello {name}"


def registered(cls):
    cls.tag = cls.__name__.lower()
    return cls


@registered
class Model:
    pass

print(greet("ann"), greet.__name__, greet.__doc__, Model.tag)
