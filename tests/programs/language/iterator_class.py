# An iterator of one's own: __iter__ and __next__ until StopIteration.
class Halving:
    def __init__(self, value, limit):
        self.value, self.limit = value, limit

    def __iter__(self):
        return self

    def __next__(self):
        if self.value < self.limit:
            raise StopIteration
        self.value /= 2
        return self.value

print(list(Halving(10.0, 1.0)))
print(sum(Halving(8, 2)), max(Halving(3, 1)))
it = iter([1, 2])
print(next(it), next(it))
try:
    next(it)
except StopIteration:
    print("no more")
first, *others = Halving(16, 2)
print(first, others)
