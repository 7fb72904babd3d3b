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
            method, hints = cls, getattr(cls, "__annotations__", {})
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
