# Counter, defaultdict, deque, OrderedDict, ChainMap.
from collections import ChainMap, Counter, OrderedDict, defaultdict, deque

c = Counter("abracadabra")
print(c.most_common(2), c["z"], c + Counter("aa"), sum(c.values()), c - Counter("aaaa"))
groups = defaultdict(list)
for word in ["apple", "bob", "avocado"]:
    groups[word[0]].append(word)
print(dict(groups), groups)
d = deque([1, 2, 3], maxlen=3)
d.append(4)
d.appendleft(0)
d.rotate(1)
print(d, d[0], d.pop(), list(d))
o = OrderedDict(a=1, b=2)
o.move_to_end("a")
print(o, o.popitem(last=False), ChainMap({"x": 1}, {"x": 2, "y": 3})["y"])
