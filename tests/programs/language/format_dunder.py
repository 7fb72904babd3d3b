# __format__ sees what stands after the colon.
class Vector:
    def __init__(self, *values):
        self.values = values

    def __format__(self, spec):
        if spec == "short":
            return f"<{len(self.values)}>"
        return "(" + ", ".join(format(v, spec) for v in self.values) + ")"

    def __str__(self):
        return "a vector"


v = Vector(1.0, 2.5)
print(f"{v:.2f} {v:short} {v!s} {v}", "{:+.1f}".format(v), format(v, "e"))
