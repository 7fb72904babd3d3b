# What is asked of an object without a call being written (length, truth, text, items, equality, properties) recurses as deep as functions do.
class Link:
    def __init__(self, name, rest=None):
        self.name, self.rest = name, rest

    def __len__(self):
        return 1 + (len(self.rest) if self.rest is not None else 0)

    def __repr__(self):
        return "end" if self.rest is None else f"{self.name % 10}{self.rest!r}"

    def __str__(self):
        return "." if self.rest is None else "-" + str(self.rest)

    def __eq__(self, other):
        return self.name == other.name and (self.rest is other.rest or self.rest == other.rest)

    def __contains__(self, name):
        return self.name == name or (self.rest is not None and name in self.rest)

    def __getitem__(self, index):
        return self.name if index == 0 else self.rest[index - 1]

    @property
    def last(self):
        return self.name if self.rest is None else self.rest.last


def chain(length):
    link = Link(-1)
    for i in range(length):
        link = Link(i, link)
    return link


a, b = chain(180), chain(180)
print(len(a), len(repr(a)), len(f"{a}"), bool(a), not a)
print(a == b, a != b, -1 in a, 500 in a, 500 not in a, a[180], a.last)
