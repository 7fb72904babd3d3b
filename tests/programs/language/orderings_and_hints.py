# What total_ordering adds declines what it does not know; annotations kept as text are read by get_type_hints and singledispatch.
from __future__ import annotations

import collections
import functools
from typing import get_type_hints


def ordered(**methods):
    def same(self, other):
        return self.n == other.n if isinstance(other, type(self)) else NotImplemented

    return functools.total_ordering(type("Number", (), {"__init__": lambda self, n: setattr(self, "n", n), "__eq__": same, **methods}))


def compare(sign):
    return lambda self, other: sign(self.n, other.n) if isinstance(other, type(self)) else NotImplemented


for name, sign in {"__lt__": lambda a, b: a < b, "__le__": lambda a, b: a <= b, "__gt__": lambda a, b: a > b, "__ge__": lambda a, b: a >= b}.items():
    Number = ordered(**{name: compare(sign)})
    print(name, [(a < b, a <= b, a > b, a >= b) for a, b in [(Number(1), Number(2)), (Number(2), Number(2)), (Number(3), Number(2))]])
    for wrong in [lambda: Number(1) < 3, lambda: Number(1) <= "a", lambda: Number(1) > None, lambda: sorted([Number(1), 1])]:
        try:
            print(wrong())
        except TypeError as error:
            print(error)


@functools.singledispatch
def show(value):
    return f"object {value}"


@show.register
def show_int(value: int) -> str:
    return f"int {value}"


print(show(1), show(True), show("a"), get_type_hints(show_int), isinstance([], collections.abc.Sequence))
