# A scalar autograd engine in Python classes: many small objects, closures, dunder methods, a topological sort.
class Value:
    def __init__(self, data, children=()):
        self.data = data
        self.grad = 0.0
        self._backward = lambda: None
        self._prev = set(children)

    def __add__(self, other):
        out = Value(self.data + other.data, (self, other))

        def _backward():
            self.grad += out.grad
            other.grad += out.grad

        out._backward = _backward
        return out

    def __mul__(self, other):
        out = Value(self.data * other.data, (self, other))

        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out._backward = _backward
        return out

    def backward(self):
        topo, visited = [], set()

        def build(v):
            if v not in visited:
                visited.add(v)
                for child in v._prev:
                    build(child)
                topo.append(v)

        build(self)
        self.grad = 1.0
        for v in reversed(topo):
            v._backward()


def train(steps):
    w, b = Value(0.5), Value(-0.2)
    for _ in range(steps):
        w.grad = b.grad = 0.0
        loss = Value(0.0)
        for x, y in [(1.0, 3.0), (2.0, 5.0), (3.0, 7.0), (-1.0, -1.0)]:
            error = w * Value(x) + b + Value(-y)
            loss = loss + error * error
        loss.backward()
        w.data -= 0.01 * w.grad
        b.data -= 0.01 * b.grad
    return round(w.data, 6), round(b.data, 6)


print(train(3_000))
