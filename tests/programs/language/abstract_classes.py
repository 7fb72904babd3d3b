# An abstract class makes no instances until its methods are written.
from abc import ABC, ABCMeta, abstractmethod


class Optimizer(ABC):
    @abstractmethod
    def step(self): ...

    @property
    @abstractmethod
    def name(self): ...


class Plain(Optimizer):
    name = "plain"

    def step(self):
        return "stepped"


class Other(metaclass=ABCMeta):
    @abstractmethod
    def run(self): ...


print(Plain().step(), Plain().name, isinstance(Plain(), Optimizer), sorted(Optimizer.__abstractmethods__))
for cls in (Optimizer, Other):
    try:
        cls()
    except TypeError as error:
        print(error)
Other.register(int)
print(isinstance(3, Other), isinstance("a", Other))
