# A tiny autograd for single numbers, in plain Python.
class Value:
    def __init__(self, data, inputs=()):
        self.data, self.grad, self.inputs = data, 0.0, inputs

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data + other.data, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data * other.data, ((self, other.data), (other, self.data)))

    __radd__, __rmul__ = __add__, __mul__

    def backward(self, g=1.0):
        self.grad += g
        for value, slope in self.inputs:
            value.backward(g * slope)

    def __repr__(self):
        return f"Value(data={self.data}, grad={self.grad})"

w1, w2, b, x = Value(1.0), Value(3.0), Value(4.0), 2.0
y = w1 * x * x + w2 * x + b
y.backward()
print(y, w1, w2, b, sep="\n")
