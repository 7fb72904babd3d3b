# A cycle may lead through a shared variable, a bound method, a default, an attribute of a function, an object's own dict or a set.
import gc


class Farewell:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("freed:", self.name)


class Node:
    def me(self):
        return self


def leave_behind(kind):
    node = Node()
    node.tail = Farewell(kind)
    def f(default=node if kind == "default" else None): return node if kind == "variable" else default
    def g(): return f, node if kind == "shared variable" else None
    if kind == "bound method":
        node.call = node.me
    elif kind == "attribute":
        f.of = node
        node.f = f
    elif kind == "own dict":
        node.__dict__["self"] = node.__dict__
    elif kind == "set":
        node.items = {node, "text", (1, node)}
    else:
        node.calls = f, g


for kind in ("variable", "shared variable", "bound method", "default", "attribute", "own dict", "set"):
    leave_behind(kind)
    gc.collect()
