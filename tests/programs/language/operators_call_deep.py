# Operators of classes call one another as deep as functions do, and no deeper.
class Link:
    def __init__(self, name, rest=None):
        self.name, self.rest = name, rest

    def __mul__(self, steps):
        return self if steps == 0 else self.rest * (steps - 1)

    def __add__(self, other):
        return self + other


chain = Link("end")
for i in range(400):
    chain = Link(i, chain)
print((chain * 400).name)
try:
    chain + 1
except RecursionError as error:
    print(error)
