# A class that behaves like a sequence: length, indexing, slices, iteration, membership.
class Polynomial:
    def __init__(self, *coefficients):
        self.coefficients = list(coefficients)

    def __len__(self):
        return len(self.coefficients)

    def __getitem__(self, index):
        return self.coefficients[index]

    def __setitem__(self, index, value):
        self.coefficients[index] = value

    def __iter__(self):
        return iter(self.coefficients)

    def __contains__(self, value):
        return value in self.coefficients

    def __call__(self, x):
        return sum(c * x**i for i, c in enumerate(self))

    def __bool__(self):
        return any(self.coefficients)

p = Polynomial(1, 0, 2)
print(len(p), p[2], p[-1], p[:2], list(p), 2 in p, p(3))
p[1] = 5
print(p(1), bool(p), bool(Polynomial(0, 0)), [c * 2 for c in p], max(p))
