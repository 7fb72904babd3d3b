# Closures that are held keep their variables, and a dict its names without its object, while cycles are looked for.
import gc


class Node: pass


def counter():
    count = 0
    def up():
        nonlocal count
        count += 1
        return up
    def get(): return count
    up.get = get
    return up


kept = [counter() for _ in range(2000)]
for _ in range(3000):
    counter()
node = Node()
node.word = "kept"
node.get = kept[7].get
names = node.__dict__
node = None
gc.collect()
print(sum(up()()().get() for up in kept), sorted(names), names["get"](), names["word"])
