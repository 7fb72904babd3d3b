# asdict and astuple go into what the fields hold and copy it; annotations that are kept as text tell class variables, too.
from __future__ import annotations

from collections import namedtuple
from dataclasses import asdict, astuple, dataclass, field, fields, replace
from typing import ClassVar

Point = namedtuple("Point", "x y")


@dataclass
class Layer:
    width: int
    options: dict = field(default_factory=dict)


@dataclass
class Config:
    name: str
    layers: list[Layer]
    at: Point = Point(0, [1])
    count: ClassVar[int] = 0
    rate: float = field(default=0.1, repr=False)


config = Config("mlp", [Layer(2), Layer(3, {"act": Layer(1)})])
print(config, [f.name for f in fields(config)])
print(asdict(config))
print(astuple(config))
print(asdict(config, dict_factory=lambda pairs: [name for name, _ in pairs]), astuple(config.layers[0], tuple_factory=list))
print(asdict(config)["at"].y is config.at.y, replace(config, name="cnn").layers is config.layers)
for wrong in [lambda: asdict(1), lambda: asdict(Config), lambda: astuple([config]), lambda: replace(Layer, width=1), lambda: fields(3), lambda: replace(config, depth=1)]:
    try:
        wrong()
    except TypeError as error:
        print(error)
