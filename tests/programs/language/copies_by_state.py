# copy asks an object how it is made again: __copy__, __deepcopy__, __reduce__, __getstate__ and __setstate__.
import copy


class Counted:
    made = 0

    def __init__(self, items):
        self.items = items
        Counted.made += 1

    def __reduce__(self):
        return Counted, (self.items,), {"again": True}


class Kept:
    def __init__(self):
        self.items, self.cache = [1, 2], "large"

    def __getstate__(self):
        return {"items": self.items}

    def __setstate__(self, state):
        self.items, self.cache = state["items"], None


one = Counted([1])
two, three = copy.copy(one), copy.deepcopy(one)
print(two.items is one.items, three.items is one.items, two.again, Counted.made)
kept = Kept()
print(vars(copy.copy(kept)), copy.copy(kept).items is kept.items, copy.deepcopy(kept).items is kept.items)
