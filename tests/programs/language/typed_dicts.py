# typing's names: TypedDict, NewType, generics, and hints that can be asked for.
from typing import Dict, Generic, List, NewType, Optional, TypedDict, TypeVar, get_type_hints


class Options(TypedDict):
    lr: float
    name: str


T = TypeVar("T")


class Box(Generic[T]):
    def __init__(self, value: T):
        self.value = value


UserId = NewType("UserId", int)


def train(epochs: int, lr: float = 0.1) -> bool:
    return True


options = Options(lr=0.1, name="sgd")
print(options, type(options).__name__, Box[int](3).value, UserId(5) + 1)
print(get_type_hints(train), Options.__annotations__)
