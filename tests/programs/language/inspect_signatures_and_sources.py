# inspect: what a function takes, what it says of itself, its source, and calls bound to its parameters.
import functools
import inspect


def full(a, b: int = 1, /, c="x", *rest: float, d, e=2.5, **more) -> list:
    """Says much."""
    return a


class Model:
    def __init__(self, size, bias=True): pass

    def method(self, x, *, y=0):
        if x:
            return (x,
                    y)
        return y


for one in (full, Model, Model(1).method, Model.method, functools.wraps(full)(lambda: 0), lambda x, y=1: x):
    print(inspect.signature(one))
for one in inspect.signature(full).parameters.values():
    print(one.name, one.kind, one.default is inspect.Parameter.empty, one.annotation)
print(inspect.getfullargspec(Model.method))
print(inspect.getsource(Model.method), inspect.getdoc(full), inspect.getsourcelines(Model)[1])
bound = inspect.signature(full).bind(1, 2, "c", 4.0, d=5, z=6)
bound.apply_defaults()
print(bound.args, bound.kwargs, [name for name, value in inspect.getmembers(Model, inspect.isfunction)])
try:
    inspect.signature(Model).bind()
except TypeError as error:
    print(error)
