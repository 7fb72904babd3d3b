# The module `functools`: what is native (modules/functools.cpp), and the functions that choose by the class of their argument.
from _functools import *

def singledispatch(func):
    registry = {object: func}
    def dispatch(cls):
        for one in cls.__mro__:
            if one in registry:
                return registry[one]
        return registry[object]
    def register(cls, method=None):
        if method is None:
            if isinstance(cls, type):
                return lambda method: register(cls, method)
            from typing import get_type_hints
            method, hints = cls, get_type_hints(cls)
            if not hints:
                raise TypeError(f"Invalid first argument to `register()`: {cls!r}. Use either `@register(some_class)` or plain `@register` on an annotated function.")
            cls = next(iter(hints.values()))
        registry[cls] = method
        return method
    def wrapper(*args, **kw):
        if not args:
            raise TypeError(f"{func.__name__} requires at least 1 positional argument")
        return dispatch(args[0].__class__)(*args, **kw)
    wraps(func)(wrapper)
    wrapper.register, wrapper.dispatch, wrapper.registry = register, dispatch, registry
    return wrapper

class singledispatchmethod:
    def __init__(self, func):
        self.dispatcher, self.func = singledispatch(func), func
    def register(self, cls, method=None):
        return self.dispatcher.register(cls, method)
    def __get__(self, obj, cls=None):
        def method(*args, **kwargs):
            return self.dispatcher.dispatch(args[0].__class__).__get__(obj, cls)(*args, **kwargs)
        return method

WRAPPER_ASSIGNMENTS, WRAPPER_UPDATES = ("__module__", "__name__", "__qualname__", "__doc__", "__annotations__"), ("__dict__",)

class cached_property:
    """A property computed once: then it is an attribute of the instance."""
    def __init__(self, func):
        self.func, self.attrname, self.__doc__ = func, None, func.__doc__
    def __set_name__(self, owner, name):
        if self.attrname is None:
            self.attrname = name
        elif name != self.attrname:
            raise TypeError(f"Cannot assign the same cached_property to two different names ({self.attrname!r} and {name!r}).")
    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        if self.attrname is None:
            raise TypeError("Cannot use cached_property instance without calling __set_name__ on it.")
        value = instance.__dict__[self.attrname] = self.func(instance)
        return value

class partialmethod:
    def __init__(self, func, /, *args, **keywords):
        self.func, self.args, self.keywords = func, args, keywords
    def __get__(self, obj, cls=None):
        first = self.args if obj is None else (obj,) + self.args
        return partial(self.func, *first, **self.keywords)
