# __index__, __matmul__, __invert__, shifts and bit signs in a class.
class Bits:
    def __init__(self, value):
        self.value = value

    def __index__(self):
        return self.value

    def __matmul__(self, other):
        return f"{self.value}@{other.value}"

    def __invert__(self):
        return Bits(~self.value)

    def __lshift__(self, n):
        return Bits(self.value << n)

    def __and__(self, other):
        return Bits(self.value & other.value)

    def __repr__(self):
        return f"Bits({self.value:b})"


b = Bits(6)
print([10, 20, 30, 40, 50, 60, 70][b], "abcdefgh"[b], range(10)[b], bin(b), hex(b))
print(b @ Bits(2), ~b, b << 2, b & Bits(3), [0] * b)
