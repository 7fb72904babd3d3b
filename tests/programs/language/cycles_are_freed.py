# Objects that hold one another and that nobody else holds are freed: at the latest when gc.collect() is called.
import gc


class Farewell:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("freed:", self.name)


class Node: pass


def leave_behind(name):
    node = Node()
    node.backward = lambda: node      # a closure in an attribute of what it closes over
    node.tail = Farewell(name)


leave_behind("closure")
items = [Farewell("list")]
items.append(items)
table = {"tail": Farewell("dict")}
table["self"] = table
kept = table
del items, table
gc.collect()
print("the dict is held still:", sorted(kept))
del kept
gc.collect()
alive = [Node() for _ in range(3000)]
for number, node in enumerate(alive):
    node.me, node.number = node, number
for _ in range(20000):                # many more that nobody holds
    leave = Node()
    leave.me = leave
print(all(node.me is node and node.number == number for number, node in enumerate(alive)))
