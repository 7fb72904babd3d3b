# Fields given by keyword only, arguments that are not kept, and data classes made by a call.
from dataclasses import KW_ONLY, InitVar, asdict, dataclass, field, fields, make_dataclass

@dataclass
class Layer:
    size: int
    _: KW_ONLY
    bias: bool = True
    scale: InitVar[float] = 1.0
    note: str = field(default="", metadata={"unit": "none"})
    def __post_init__(self, scale):
        self.size = int(self.size * scale)

@dataclass(kw_only=True)
class Options:
    rate: float
    steps: int = 10

print(Layer(4), Layer(4, bias=False, scale=2.5), [f.name for f in fields(Layer)], fields(Layer)[2].metadata["unit"])
print(Options(rate=0.1), asdict(Options(steps=3, rate=1)))
Point = make_dataclass("Point", [("x", int), ("y", int, 0)], namespace={"norm": lambda self: abs(self.x) + abs(self.y)})
print(Point(3), Point(-3, 4).norm(), Point(1) == Point(1, 0))
for make in (lambda: Layer(1, False), lambda: Options(0.1), lambda: Options()):
    try:
        make()
    except TypeError as error:
        print(error)
