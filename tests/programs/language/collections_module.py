# Counter, defaultdict, namedtuple and deque from the standard library.
from collections import Counter, OrderedDict, defaultdict, deque, namedtuple

letters = Counter("abracadabra")
print(letters.most_common(2), letters["a"], letters["z"])
groups = defaultdict(list)
for word in ("one", "two", "three", "four"):
    groups[len(word)].append(word)
print(dict(groups))
Point = namedtuple("Point", ["x", "y"])
p = Point(1, y=2)
print(p, p.x + p.y, p._replace(x=5), tuple(p))
window = deque([1, 2, 3], maxlen=3)
window.append(4)
window.appendleft(0)
print(window, list(window))
print(OrderedDict([("b", 1), ("a", 2)]))
