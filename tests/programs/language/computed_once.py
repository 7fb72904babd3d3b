# functools.cached_property computes once for each instance; partialmethod fills in arguments.
from functools import cached_property, partialmethod

class Data:
    def __init__(self, values):
        self.values = values
    @cached_property
    def mean(self):
        print("computing")
        return sum(self.values) / len(self.values)
    def scaled(self, factor, *, shift=0):
        return [v * factor + shift for v in self.values]
    doubled = partialmethod(scaled, 2)
    moved = partialmethod(scaled, 1, shift=10)

data = Data([1, 2, 3])
print(data.mean, data.mean, data.doubled(), data.moved())
data.values = [10]
print(data.mean)
del data.mean
print(data.mean, vars(data))
