# copy and deepcopy of classes derived from list, dict, tuple and set: their items and attributes come along, and the original stays as it was.
import copy
from collections import deque


class Names(list):
    def __init__(self, owner):
        super().__init__()
        self.owner = owner


class Table(dict):
    pass


class Pair(tuple):
    pass


class Tags(set):
    pass


names = Names("me")
names += [[1], 2]
table = Table(a=names, b=names)
table.title = "t"
tags = Tags({1})
tags.of = names
for copied in copy.deepcopy, copy.copy:
    n, t, p, s = copied(names), copied(table), copied(Pair([names, 1])), copied(tags)
    print(type(n).__name__, n, n.owner, n[0] is names[0], names, n is names)
    print(type(t).__name__, t, t.title, t["a"] is t["b"], t["a"] is names, table)
    print(type(p).__name__, p, p[0] is names, type(s).__name__, s, s.of is names)
d = deque([[1]], maxlen=2)
e = copy.deepcopy(d)
print(e, e[0] is d[0], copy.copy(d)[0] is d[0])
names.append(names)
again = copy.deepcopy(names)
print(again[2] is again, len(names))
